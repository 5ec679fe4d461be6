// Runs in a thread: invokes a handler over each source three times, and posts the answers.
import { parentPort } from 'node:worker_threads'
import middy from '@middy/core'
import { direct } from '@secrets-cache/direct'
import { extension, firstOf, secretsCache } from '@secrets-cache/middy'
import { sdk } from '@secrets-cache/sdk'

const handlers = [extension(), sdk(), firstOf(extension(), sdk()), direct()].map((source) =>
  middy()
    .use(secretsCache({ secrets: { db: 'prod/db' }, source, timeoutMilliseconds: 30_000 }))
    .handler(async (_event: unknown, context) => context.secrets.db),
)
const answers = handlers.flatMap((handler) => [1, 2, 3].map(() => handler({}, {} as never)))
parentPort?.postMessage(await Promise.all(answers))
