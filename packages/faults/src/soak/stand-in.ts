// The stand-in of a soak, in a process of its own, so that it can be killed and stopped and its heap is not measured.
// Its parent sends the stored values and then one order at a time; each is answered when it is done.
import { startLocal } from '@secrets-cache/local'
import { canary, canaryToken } from '../canary.ts'
import { answerWith } from '../scenarios/answer-with.ts'
import type { Order, Seeds, Weather } from './backend.ts'

const [{ port, secrets, parameters }] = (await nextMessage()) as [Seeds]
const local = await startLocal({
  port,
  secrets,
  parameters,
  token: canaryToken,
  environment: { PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED: 'false' },
})
const { faults } = local
const weathers: Readonly<Record<Exclude<Weather, 'killed' | 'stopped'>, () => unknown>> = {
  calm: () => faults.clear(),
  refusing: () => faults.refuse(),
  'not ready': () => faults.notReady(),
  opaque: () => faults.opaque(),
  denying: () => faults.deny('prod/*'),
  throttling: () => faults.fail('ThrottlingException', { at: 'aws' }),
  hanging: () => faults.hang(),
  slow: () => faults.slow(150),
  dripping: () => faults.drip({ intervalMilliseconds: 20 }),
  truncating: () => faults.truncate(),
  resetting: () => faults.reset(),
  'another program': () => faults.garbage(),
  failing: () => faults.status(500, canary),
  'wrong values': () => faults.respond(answerWith({ [canary]: 1 })),
}

process.on('message', async (order: Order) => {
  if (order.kind === 'rotate') local.rotate(order.id, order.value)
  else await weathers[order.weather]()
  process.send?.('done')
})
process.once('disconnect', () => process.exit())
process.send?.(local.environment)

function nextMessage() {
  return new Promise<unknown[]>((resolve) => process.once('message', (...given) => resolve(given)))
}
