import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
/** Collects garbage now. Finalizers run in a later turn of the event loop. */
export const collectGarbage: () => void = runInNewContext('gc')

/** Calls `help` in each turn of the event loop until the condition holds, or 1,000 turns have passed. */
export async function untilSo(isSo: () => boolean, help: () => void = () => {}): Promise<void> {
  for (let turns = 0; !isSo() && turns < 1_000; turns++) {
    await setImmediate()
    help()
  }
}
