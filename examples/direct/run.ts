// Prints for INIT and for each invocation how many calls reached AWS: the stand-in, over the AWS JSON protocol.
import { setImmediate } from 'node:timers/promises'
import { startLocal } from '@secrets-cache/local'
import { provider } from './payments.ts'
import values from './values.json' with { type: 'json' }

const local = await startLocal(values)
Object.assign(process.env, local.environment)

let before = 0
const show = (what: string, answer: object) => {
  console.log(`${what.padEnd(17)}  ${local.calls.upstream - before} calls to AWS  ${JSON.stringify(answer)}`)
  before = local.calls.upstream
}

const { handler } = await import('./handler.ts')
const context = { getRemainingTimeInMillis: () => 3_000 } as Parameters<typeof handler>[1]
const invoke = () => handler({ currency: 'SEK' }, context)

// In Lambda INIT ends when the module is loaded, and what it began goes on.
while (local.calls.upstream < 2) await setImmediate()
show('INIT', {})
show('cold', await invoke())
show('warm', await invoke())
provider.key = 'the-next-key'
local.rotate('prod/orders/payments', { account: 'orders', key: 'the-next-key' })
show('after a rotation', await invoke())
await local.close()
