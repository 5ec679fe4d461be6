// A Lambda function and its runtime, in a process of its own: asks the Runtime API for an invocation, runs the handler,
// answers, asks for the next. The first argument says what to read through, the second the options, as JSON.
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import middy from '@middy/core'
import type { Source } from '@secrets-cache/core'
import { direct } from '@secrets-cache/direct'
import { extension, firstOf, isSecretsCacheError, secretsCache } from '@secrets-cache/middy'
import { sdk } from '@secrets-cache/sdk'

const sources: Readonly<Record<string, () => Source>> = {
  'extension()': () => extension(),
  'sdk()': () => sdk(),
  'firstOf()': () => firstOf(extension(), sdk()),
  'direct()': () => direct(),
}
const [, , name = '', options = '{}'] = process.argv
const source = (sources[name] as () => Source)()
const times = JSON.parse(options) as { readonly maxAge?: number }

const handler = middy()
  .use(secretsCache({ secrets: { db: 'prod/db' }, source, timeoutMilliseconds: 30_000, ...times }))
  .handler(async (_event: unknown, context) => ({ db: context.secrets.db }))

for (;;) {
  const next = await ask('next')
  // The environment shuts down: nothing that still runs may keep the process alive.
  if (next.status === 410) break
  const due = Number(next.headers['lambda-runtime-deadline-ms'])
  const context = { getRemainingTimeInMillis: () => due - Date.now() } as never
  const answer = await handler(JSON.parse(next.body), context).catch((error: unknown) => ({
    code: isSecretsCacheError(error) ? error.code : String(error),
  }))
  await ask(`${next.headers['lambda-runtime-aws-request-id']}/response`, JSON.stringify(answer))
}

function ask(path: string, body?: string) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const url = `http://${process.env['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/invocation/${path}`
      const method = body === undefined ? 'GET' : 'POST'
      const asking = request(url, { method, agent: false }, async (response) => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: await text(response),
        })
      })
      asking.once('error', reject).end(body)
    },
  )
}
