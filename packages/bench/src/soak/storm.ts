import { setTimeout as sleep } from 'node:timers/promises'
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

export interface Storm {
  readonly faults: number
  readonly rotations: number
}

/** Faults and rotations at random until the time is over; at the end all is well. The same seed, the same order. */
export async function storm(
  backend: Backend,
  ledger: Ledger,
  ids: readonly string[],
  chance: () => number,
  until: number,
): Promise<Storm> {
  let faults = 0
  let rotations = 0
  const anyOf = <One>(all: readonly One[]): One => all[Math.floor(chance() * all.length)] as One
  const isOver = () => Date.now() >= until
  const rotate = async () => {
    const id = anyOf(ids)
    const { value, replaced } = ledger.next(id)
    await backend.rotate(id, value)
    replaced()
    rotations++
  }
  /** Up to `longest`, with a rotation now and then; more short spells than long ones. */
  const spell = async (longest: number, isReachable: boolean) => {
    const end = Math.min(until, Date.now() + 20 + chance() ** 2 * longest)
    while (Date.now() < end) {
      await sleep(Math.min(100, Math.max(1, end - Date.now())))
      if (isReachable && chance() < 0.4) await rotate()
    }
  }
  while (!isOver()) {
    await backend.bring('calm')
    await rotate()
    await spell(800, true)
    if (isOver()) break
    const weather = anyOf(bad)
    await backend.bring(weather)
    faults++
    await spell(2_000, weather !== 'killed' && weather !== 'stopped')
  }
  await backend.bring('calm')
  return { faults, rotations }
}
