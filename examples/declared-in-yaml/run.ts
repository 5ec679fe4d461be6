import { fileURLToPath } from 'node:url'
import { startLocal } from '@secrets-cache/local'
import { configFile } from '@secrets-cache/middy/config-file'
import values from './values.json' with { type: 'json' }

await using local = await startLocal(values)
// Lambda sets this variable itself.
const LAMBDA_TASK_ROOT = fileURLToPath(new URL('.', import.meta.url))
Object.assign(process.env, local.environment, { LAMBDA_TASK_ROOT })
const { handler } = await import('./handler.ts')
const context = { getRemainingTimeInMillis: () => 3_000 } as Parameters<typeof handler>[1]

console.log(await handler({}, context))
console.log(`${local.calls.upstream} calls to AWS\n`)

try {
  configFile('broken.yaml')
} catch (error) {
  console.log(`A mistake in a file, at INIT:\n${(error as Error).message}`)
}
