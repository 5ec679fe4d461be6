// One environment's life with no AWS account and no MySQL: there is a stand-in for each.
import { startLocal } from '@secrets-cache/local'
import { startMysql } from './mysql.ts'

await using mysql = await startMysql({ user: 'myadmin', password: 'first' })
await using local = await startLocal({
  secrets: { 'dev/devDB': mysql.secret('first') },
  parameters: { '/dev/myapp/config': 'blue' },
})
Object.assign(process.env, local.environment, {
  ENV: 'dev',
  APP_CONFIG_PATH: 'myapp/config',
  CREDS_PATH: 'dev/devDB',
})
const { handler } = await import('./handler.ts')
const context = { getRemainingTimeInMillis: () => 30_000 } as Parameters<typeof handler>[1]

const rows: object[] = []
async function invoke(invocation: string): Promise<string> {
  const layerCalls = () => local.calls.layer.secretsmanager + local.calls.layer.systemsmanager
  const before = { layer: layerCalls(), aws: local.calls.upstream, ...mysql.logins }
  const start = performance.now()
  const answer = await handler({}, context)
  const time = `${(performance.now() - start).toFixed(1)} ms`
  const { accepted, refused } = mysql.logins
  rows.push({
    invocation,
    time,
    'requests to the layer': layerCalls() - before.layer,
    'calls to AWS': local.calls.upstream - before.aws,
    logins: accepted + refused - before.accepted - before.refused,
    refused: refused - before.refused,
  })
  return answer
}

console.log(await invoke('cold'))
await invoke('warm')
await invoke('warm')

mysql.setPassword('second')
local.rotate('dev/devDB', mysql.secret('second'))
await mysql.disconnectAll()
await invoke('after a rotation')
await invoke('warm')

mysql.setPassword('third')
await mysql.disconnectAll()
setTimeout(() => local.rotate('dev/devDB', mysql.secret('third')), 200)
await invoke('in the gap of one')
await invoke('warm')

console.table(rows)
console.log('No invocation failed.')
