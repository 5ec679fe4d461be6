// The last step of the build: what runs in a cold start is compiled when its file is loaded.
import { fileURLToPath } from 'node:url'
import { compileEagerly } from '../../.ci/compile-eagerly.ts'

const built = (file: string) => new URL(`dist/${file}`, import.meta.url)

/** A cold start in Lambda: a source is made and asked for 3 secrets and 12 parameters, in three calls. */
const coldStart = `
  import { createServer } from 'node:http'
  import { direct } from ${JSON.stringify(built('index.js').href)}
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    const { SecretIdList, Names } = JSON.parse(body)
    const answer = Names
      ? { Parameters: Names.map((Name) => ({ Name, Type: 'String', Value: 'v', Version: 1, ARN: Name })) }
      : { SecretValues: SecretIdList.map((Name) => ({ Name, SecretString: 's', VersionId: 'v', ARN: Name })) }
    response.end(JSON.stringify(answer))
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:' + server.address().port
  const context = { signal: new AbortController().signal, fresh: false, onRetry() {}, emit() {} }
  const names = (kind, count) => Array.from({ length: count }, (_, id) => ({ kind, id: kind + id, decrypt: true }))
  const references = [...names('secret', 3), ...names('parameter', 12)]
  const outcomes = await Promise.all(await direct().fetch(references, context))
  if (outcomes.some(({ ok }) => !ok)) throw new Error('A cold start failed: ' + JSON.stringify(outcomes))
  server.close()
  server.closeAllConnections()
`

compileEagerly(
  ['index.js', 'aws4.js'].map((file) => fileURLToPath(built(file))),
  coldStart,
  {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
    NODE_OPTIONS: '--conditions=@secrets-cache/source',
  },
)
