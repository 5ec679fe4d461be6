// One execution environment: a thread that runs the handler for each message.
import { handler } from './handler.ts'
import { serveInvocations } from './load/index.ts'

serveInvocations(handler)
