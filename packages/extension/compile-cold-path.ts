// The last step of the build: what runs in a cold start is compiled when its file is loaded.
import { fileURLToPath } from 'node:url'
import { compileEagerly } from '../../.ci/compile-eagerly.ts'

const built = (file: string) => new URL(`dist/${file}`, import.meta.url)

/** A cold start in Lambda: a source is made, which rehearses; then come the first requests. */
const coldStart = `
  import { createServer } from 'node:http'
  import { setImmediate } from 'node:timers/promises'
  import { extension } from ${JSON.stringify(built('index.js').href)}
  await import(${JSON.stringify(built('undici-client.js').href)})
  const server = createServer((request, response) => {
    response.end(
      request.url.startsWith('/secretsmanager')
        ? '{"ARN":"a","SecretString":"s","VersionId":"v"}'
        : '{"Parameter":{"ARN":"a","Type":"String","Value":"v","Version":1}}',
    )
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  const source = extension({ port: server.address().port })
  source.warmUp()
  // The rehearsal takes no longer, as its file is loaded already.
  await setImmediate()
  await setImmediate()
  const context = { signal: new AbortController().signal, fresh: false, onRetry() {}, emit() {} }
  const references = ['a', 'b', 'c'].flatMap((id) => [{ kind: 'secret', id }, { kind: 'parameter', id }])
  const outcomes = await Promise.all(await source.fetch(references, context))
  if (outcomes.some(({ ok }) => !ok)) throw new Error('A cold start failed: ' + JSON.stringify(outcomes))
  server.close()
  server.closeAllConnections()
`

compileEagerly(
  ['index.js', 'undici-client.js'].map((file) => fileURLToPath(built(file))),
  coldStart,
  {
    AWS_LAMBDA_FUNCTION_NAME: 'cold-start',
    AWS_SESSION_TOKEN: 'token',
    NODE_OPTIONS: '--conditions=@secrets-cache/source',
  },
)
