// Loaded here and not with the first refresh: all environments of the load share this machine's cores.
import '@aws-sdk/client-secrets-manager'
import { serveInvocations } from '@secrets-cache/bench/load'
import { handler } from '../handler.ts'

serveInvocations(handler)
