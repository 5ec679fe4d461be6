import type { Subject } from '../scenario.ts'
import { ours } from './ours.ts'

/** Ours and the peers. The peers are loaded here only, as the tests of ours do not need them. */
export async function subjects(): Promise<readonly Subject[]> {
  const { peers } = await import('./peers.ts')
  return [...ours, ...peers]
}

export { ours }
