import { serveInvocations } from '@secrets-cache/bench/load'
import { handler } from './handler.ts'

serveInvocations(handler)
