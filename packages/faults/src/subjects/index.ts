import type { Subject } from '../scenario.ts'
import { ours } from './ours.ts'

/** The peers are loaded only where they are run: the tests of ours need none of them. */
export async function subjects(): Promise<readonly Subject[]> {
  const { peers } = await import('./peers.ts')
  return [...ours, ...peers]
}

export { ours }
