// Runs the handler as Lambda would, with no AWS account: the stand-in in one process, the function in another.
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connectLocal } from '@secrets-cache/local'
import type { Report } from './lambda.ts'

const fileHere = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const afterMaxAge = 1_050

const standIn = spawn(
  fileHere('node_modules/.bin/secrets-cache-local'),
  [fileHere('values.json'), '--json', '--port', '0'],
  // The layer's own cache is off, so that the table shows our cache.
  {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED: 'false' },
  },
)
const [ready] = await once(createInterface(standIn.stdout), 'line')
const { url, environment } = JSON.parse(ready) as { url: string; environment: Record<string, string> }
const local = connectLocal(url)
const lambda = fork(fileHere('lambda.ts'), { env: { ...process.env, ...environment } })

async function invoke(name: string): Promise<string[]> {
  const before = (await local.calls()).upstream
  lambda.send('invoke')
  const [report] = (await once(lambda, 'message')) as [Report & { error?: string }]
  if (report.error) throw new Error(report.error)
  const calls = (await local.calls()).upstream - before
  return [name, `${report.hookMilliseconds.toFixed(2)} ms`, String(calls), ...Object.values(report.origins)]
}

try {
  const rows = [await invoke('cold'), await invoke('warm'), await invoke('warm')]
  await sleep(afterMaxAge)
  rows.push(await invoke('after maxAge'), await invoke('warm'))
  await local.rotate('prod/orders/db', { host: 'db.internal', user: 'orders', password: 'the-next-password' })
  await sleep(afterMaxAge)
  rows.push(await invoke('after a rotation'), await invoke('warm'))
  const title = ['invocation', 'hook', 'calls', 'secrets.db', 'secrets.stripe', 'parameters.hosts']
  console.log('A Middy handler with two secrets and a parameter, over the layer on loopback:\n')
  console.log(table([title, ...rows]))
  console.log("\nhook: Middy's before-hook; calls: to AWS; new, same: loaded through the layer.")
  console.log('Next: examples/hello-secret/handler.ts is the whole function.')
} finally {
  lambda.disconnect()
  await local.close()
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
