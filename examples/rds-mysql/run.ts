// The handler with no AWS account and no MySQL: a stand-in for both, one environment, one rotation.
import { table } from '@secrets-cache/bench/load'
import { startMysql } from '@secrets-cache/bench/mysql'
import { startLocal } from '@secrets-cache/local'

await using mysql = await startMysql({ user: 'myadmin', password: 'first' })
const secret = (password: string) => ({
  engine: 'mysql',
  host: '127.0.0.1',
  port: mysql.port,
  username: 'myadmin',
  password,
  dbname: 'devDB',
})
await using local = await startLocal({
  secrets: { 'dev/devDB': secret('first') },
  parameters: { '/dev/myapp/config': 'blue' },
})
Object.assign(process.env, local.environment, {
  ENV: 'dev',
  APP_CONFIG_PATH: 'myapp/config',
  CREDS_PATH: 'dev/devDB',
})
const { handler } = await import('./handler.ts')
const context = { getRemainingTimeInMillis: () => 30_000 } as Parameters<typeof handler>[1]

const rows: (string | number)[][] = [
  ['invocation', 'time', 'requests to the layer', 'calls to AWS', 'logins', 'refused'],
]
async function invoke(name: string): Promise<string> {
  const layerCalls = () => local.calls.layer.secretsmanager + local.calls.layer.systemsmanager
  const before = { layer: layerCalls(), aws: local.calls.upstream, ...mysql.logins }
  const start = performance.now()
  const answer = await handler({}, context)
  const time = `${(performance.now() - start).toFixed(1)} ms`
  const { accepted, refused } = mysql.logins
  const logins = accepted + refused - before.accepted - before.refused
  const [layer, aws] = [layerCalls() - before.layer, local.calls.upstream - before.aws]
  rows.push([name, time, layer, aws, logins, refused - before.refused])
  return answer
}

console.log(await invoke('cold'))
await invoke('warm')
await invoke('warm')

mysql.setPassword('second')
local.rotate('dev/devDB', secret('second'))
await mysql.disconnectAll()
await invoke('after a rotation')
await invoke('warm')

mysql.setPassword('third')
await mysql.disconnectAll()
setTimeout(() => local.rotate('dev/devDB', secret('third')), 200)
await invoke('in the gap of one')
await invoke('warm')

console.log(`\n${table(rows)}`)
console.log('\nNo invocation failed. Against a real MariaDB, under load: npm run test:mysql')
