import { setTimeout as sleep } from 'node:timers/promises'
import { seeded } from '@secrets-cache/bench/shared'
import type { Backend, Weather } from './backend.ts'
import type { Ledger } from './ledger.ts'

const bad: readonly Weather[] = [
  'refusing',
  'not ready',
  'opaque',
  'denying',
  'throttling',
  'hanging',
  'slow',
  'dripping',
  'truncating',
  'resetting',
  'another program',
  'failing',
  'wrong values',
  'killed',
  'stopped',
]

const leastFaults = 2

export interface Storm {
  readonly faults: number
  readonly rotations: number
}

/** Random faults and rotations until the time is over, then none. The same seed brings the same faults in order. */
export async function storm(
  backend: Backend,
  ledger: Ledger,
  ids: readonly string[],
  seed: number,
  until: number,
): Promise<Storm> {
  let faults = 0
  let rotations = 0
  const chance = seeded(seed)
  // A generator of its own: the number of rotations depends on the speed of the machine, that of faults must not.
  const chanceOfRotation = seeded(~seed)
  const anyOf = <One>(all: readonly One[], next: () => number): One =>
    all[Math.floor(next() * all.length)] as One
  // A slow machine takes longer rather than see too few faults.
  const isOver = () => Date.now() >= until && faults >= leastFaults
  const rotate = async () => {
    const id = anyOf(ids, chanceOfRotation)
    const { value, replaced } = ledger.next(id)
    await backend.rotate(id, value)
    replaced()
    rotations++
  }
  /** Waits for a random time up to `longest` milliseconds, more often a short one, and rotates now and then. */
  const spell = async (longest: number, isReachable: boolean) => {
    const now = Date.now()
    const end = Math.min(Math.max(until, now + 200), now + 20 + chance() ** 2 * longest)
    while (Date.now() < end) {
      await sleep(Math.min(100, Math.max(1, end - Date.now())))
      if (isReachable && chanceOfRotation() < 0.4) await rotate()
    }
  }
  while (!isOver()) {
    await backend.bring('calm')
    await rotate()
    await spell(800, true)
    if (isOver()) break
    const weather = anyOf(bad, chance)
    await backend.bring(weather)
    faults++
    await spell(2_000, weather !== 'killed' && weather !== 'stopped')
  }
  await backend.bring('calm')
  return { faults, rotations }
}
