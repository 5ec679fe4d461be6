// Runs one property over random sequences and prints its statistics as JSON. In a process of its own: nothing
// but the engine costs time here, and an unhandled rejection ends it.
import fc from 'fast-check'
import { narrateActing, runActingListeners } from './acting-listeners.ts'
import { drain, outsideMicrotasks } from './drain.ts'
import { makeLean } from './lean.ts'
import { narrate, newStatistics, runOneKey } from './one-key.ts'
import { sequences } from './sequences.ts'
import { narrateSeveral, runSeveralKeys } from './several-keys.ts'
import { engine } from './under-test.ts'

const [, , property = '', runs, seed] = process.argv
const properties = {
  'one-key': [runOneKey, narrate],
  'several-keys': [runSeveralKeys, narrateSeveral],
  'acting-listeners': [runActingListeners, narrateActing],
} as const
const [run, inWords] = properties[property as keyof typeof properties]

makeLean()
const statistics = newStatistics()
const began = performance.now()
const { failed, counterexample, errorInstance } = await outsideMicrotasks(() =>
  fc.check(
    fc.property(sequences, (sequence) => run(engine, sequence, drain, statistics)),
    { numRuns: Number(runs), seed: Number(seed) },
  ),
)
const lengths = statistics.lengths.sort((a, b) => a - b)
console.log(
  JSON.stringify({
    failure: failed ? `${errorInstance} after: ${inWords(counterexample?.[0] ?? [])}` : undefined,
    sequences: lengths.length,
    seconds: (performance.now() - began) / 1_000,
    cpuSeconds: process.cpuUsage().user / 1_000_000,
    medianLength: lengths[lengths.length >> 1],
    loads: statistics.loads,
    calls: statistics.calls,
    transitions: Object.fromEntries(statistics.transitions),
  }),
)
