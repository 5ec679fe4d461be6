import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
/** Throws away all that nobody holds; what that ends is told in a later turn. */
export const collectGarbage: () => void = runInNewContext('gc')

/** Goes on for a bounded number of turns, and does something in each, until it is so. */
export async function untilSo(isSo: () => boolean, help: () => void = () => {}): Promise<void> {
  for (let turns = 0; !isSo() && turns < 1_000; turns++) {
    await setImmediate()
    help()
  }
}
