// A real MariaDB, its password rotated every second, under load. `npm run test:mysql -- --seconds 30 --rate 200`
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { environments, load, steady, summaryOf, workerEnvironment } from '@secrets-cache/bench/load'
import { installMariadb, startMariadb } from '@secrets-cache/bench/mysql'
import { type Local, startLocal } from '@secrets-cache/local'
import type { RowDataPacket } from 'mysql2/promise'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    rate: { type: 'string', default: '200' },
    /** Milliseconds in which the old password is dead and the new one not yet stored. */
    gap: { type: 'string', default: '50' },
    environments: { type: 'string', default: '8' },
  },
})
const seconds = Number(values.seconds)
const rate = Number(values.rate)
const gap = Number(values.gap)

const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
await using mariadb = await startMariadb(await installMariadb(join(cache, 'secrets-cache-mariadb')))
const { administrator, port } = mariadb
const secret = (password: string) => ({
  engine: 'mysql',
  host: '127.0.0.1',
  port,
  username: 'myadmin',
  password,
  dbname: 'devDB',
})
await administrator.query('CREATE DATABASE devDB')
await administrator.query("CREATE USER myadmin@'127.0.0.1' IDENTIFIED BY 'password-0'")
await administrator.query("GRANT ALL ON devDB.* TO myadmin@'127.0.0.1'")

// An account in front of each environment, because each environment has a layer, with a cache, of its own.
const accounts: Local[] = []
async function startEnvironment() {
  const local = await startLocal({
    secrets: { 'dev/devDB': secret('password-0') },
    parameters: { '/dev/myapp/config': 'blue' },
    environment: { SECRETS_MANAGER_TTL: '1', SSM_PARAMETER_STORE_TTL: '1' },
  })
  accounts.push(local)
  const environment = await workerEnvironment(new URL('lambda.ts', import.meta.url), {
    ...local.environment,
    ENV: 'dev',
    APP_CONFIG_PATH: 'myapp/config',
    CREDS_PATH: 'dev/devDB',
    // So that environments keep meeting versions that are new, or dead by now.
    MAX_AGE: '1',
  })
  // Its cold start is not what is measured here.
  await environment.invoke({})
  return environment
}

let rotations = 0
let isOver = false
/** A single-user rotation, as AWS's own function does it: the database first, the secret after it. */
async function rotate(): Promise<void> {
  while (!isOver) {
    await sleep(1_000)
    const password = `password-${++rotations}`
    await administrator.query(`ALTER USER myadmin@'127.0.0.1' IDENTIFIED BY '${password}'`)
    await sleep(gap)
    for (const local of accounts) local.rotate('dev/devDB', secret(password))
  }
}

async function status(name: string): Promise<number> {
  const [[row]] = await administrator.query<RowDataPacket[]>('SHOW GLOBAL STATUS LIKE ?', [name])
  return Number(row?.['Value'])
}

try {
  await using all = await environments(Number(values.environments), startEnvironment)
  const rotating = rotate()
  const invocations = await load({
    arrivals: steady({ rate, seconds }),
    environments: all,
    next: 'longest free',
  })
  isOver = true
  await rotating

  const summary = summaryOf(invocations)
  const [connections, refused] = [await status('Connections'), await status('Access_denied_errors')]
  const [[row]] = await administrator.query<RowDataPacket[]>('SELECT VERSION() AS version')
  console.log(
    `MariaDB ${row?.['version']}, ${all.length} environments, ${rate} invocations a second for ${seconds} s,`,
  )
  console.log(`a single-user rotation every second with a gap of ${gap} ms: ${rotations} rotations`)
  console.log(`${connections} connections made, ${refused} logins refused`)
  console.log(
    `p50 ${summary.p50.toFixed(1)} ms, p99 ${summary.p99.toFixed(0)} ms, slowest ${summary.max.toFixed(0)} ms`,
  )
  for (const [error, count] of Object.entries(summary.errors)) console.log(`${count} x ${error}`)
  console.log(`${summary.invocations} invocations, ${summary.failed} failed`)
  if (summary.failed > 0) process.exitCode = 1
} finally {
  isOver = true
  for (const local of accounts) await local.close()
}
