import type { Cache } from '../../src/cache/cache.ts'
import { refresh } from '../../src/cache/refresh.ts'
import type { DeclaredKey } from '../../src/keys/declared-key.ts'
import { readingOf } from '../../src/keys/reading.ts'
import type { Served } from '../../src/read/serve-value.ts'
import type { Emit } from '../../src/shared/events.ts'
import type { Source } from '../../src/source/source.ts'
import { violated } from './book.ts'
import { denied, unreachable } from './lean.ts'
import { type LeanClock, leanClock } from './lean-clock.ts'
import type { Statistics } from './one-key.ts'
import { modelLimits as limits, type UnderTest } from './under-test.ts'

const keys = ['a', 'b', 'c'] as const
type Key = (typeof keys)[number]

/** None that waits softly: all keys of one read share that time, so a key alone may wait longer. */
const times = [
  { maxAge: 12, staleFor: 0, usableFor: 0 },
  { maxAge: 6, staleFor: 5, usableFor: 5 },
  { maxAge: 0, staleFor: 0, usableFor: 15 },
]

const subsets: readonly (readonly Key[])[] = [
  ['a', 'b', 'c'],
  ['a', 'b'],
  ['c', 'a'],
  ['b'],
  ['c', 'b'],
  ['b', 'c'],
  ['c'],
  ['a', 'b', 'c'],
]

/** What became of a read of one key: the load that answered, or the code of the error. */
type Result = string

/** One cache, with all its keys or with one: what it was asked, and what it answered. */
class Side {
  readonly clock: LeanClock
  readonly cache: Cache
  readonly loads: Record<Key, ((outcome: unknown) => void)[]> = { a: [], b: [], c: [] }
  readonly results: Result[][] = []
  readonly underTest: UnderTest
  readonly source: Source
  readonly keys: Record<Key, readonly DeclaredKey[]>
  readonly emit: Emit = () => {}

  constructor(underTest: UnderTest, drain: () => void, draw: number) {
    this.underTest = underTest
    this.clock = leanClock(drain)
    this.cache = underTest.createCache({ clock: this.clock, random: () => draw, limits })
    this.source = {
      name: 'model',
      identity: 'model',
      fetch: (references) =>
        references.map(({ id }) => {
          const { promise, resolve } = Promise.withResolvers<never>()
          this.loads[id as Key].push(resolve as never)
          return promise
        }),
    }
    const keysOf = (key: Key) => {
      const reference = { kind: 'secret', id: key } as const
      const entry = this.cache.entries.of(this.source.identity, reference, true)
      const declared = underTest.text(key)
      const reading = readingOf(entry, declared)
      const subject = { key, id: key, source: 'model' }
      const { source } = this
      return times.map((own): DeclaredKey => {
        const ofKey = { view: 'secrets', key, subject, declared, reference, source, times: own } as const
        return { ...ofKey, fallback: undefined, entry, reading }
      })
    }
    this.keys = { a: keysOf('a'), b: keysOf('b'), c: keysOf('c') }
  }

  read(wanted: readonly Key[], reader: number, wait: number): void {
    const results: Result[] = []
    this.results.push(results)
    const own = wanted.map((key) => this.keys[key][reader] as DeclaredKey)
    const served = (servings: readonly Served[]) =>
      results.push(...servings.map(({ loaded }) => loaded?.version ?? '?'))
    const refused = (error: { code: string; errors?: readonly { code: string }[] }) =>
      results.push(...(error.errors ?? [error]).map(({ code }) => code))
    try {
      const answer = this.underTest.collect(own, this.cache, this.emit, {
        milliseconds: wait,
        reason: undefined,
      })
      if (answer instanceof Promise) answer.then(served, refused)
      else served(answer)
    } catch (error) {
      refused(error as { code: string })
    }
  }

  answer(key: Key, number: number, outcome: unknown): void {
    this.loads[key][number]?.(outcome)
  }
}

const decode = (drawn: number) => [drawn % 16, (drawn >> 4) & 1_023, drawn >> 14] as const

/** A sequence in words: what a counterexample does. */
export function narrateSeveral(sequence: readonly number[]): string {
  const narrate = ([kind, one, two]: ReturnType<typeof decode>) => {
    const key = keys[one % keys.length]
    if (kind < 6) {
      return `read ${subsets[one % subsets.length]} as ${(two >> 3) % times.length}${two % 8 === 0 ? ' at once' : ''}`
    }
    if (kind < 11) return `answer ${key} ${two % 9 < 5 ? 'ok' : two % 9 < 8 ? 'transient' : 'permanent'}`
    if (kind === 11) return `step ${one % 4 === 0 ? -(two % 12) : two % 20}`
    if (kind === 12) return `freeze ${two % 30}`
    return kind === 13 ? `refresh ${key}` : `advance ${two % 9}`
  }
  return sequence.map((drawn) => narrate(decode(drawn))).join(', ')
}

/** A batch of keys answers as reads of each of them alone, in a cache of its own, would: keys do not interfere. */
export function runSeveralKeys(
  underTest: UnderTest,
  sequence: readonly number[],
  drain: () => void,
  statistics: Statistics,
): void {
  const draw = ((sequence[0] ?? 0) % 3) / 2
  const together = new Side(underTest, drain, draw)
  const alone = new Map(keys.map((key) => [key, new Side(underTest, drain, draw)]))
  const sides = [together, ...alone.values()]
  const asked: (readonly Key[])[] = []
  const answered: Record<Key, number> = { a: 0, b: 0, c: 0 }
  statistics.lengths.push(sequence.length)

  const answer = (key: Key, how: number) => {
    const number = answered[key]
    if (number >= together.loads[key].length) return
    answered[key]++
    const outcome =
      how < 5 ? { ok: true, value: 'value', version: String(number) } : how < 8 ? unreachable : denied
    together.answer(key, number, outcome)
    alone.get(key)?.answer(key, number, outcome)
  }

  for (const drawn of sequence) {
    const [kind, one, two] = decode(drawn)
    const key = keys[one % keys.length] as Key
    if (kind < 6) {
      const wanted = subsets[one % subsets.length] as readonly Key[]
      const wait = two % 8 === 0 ? 0 : 10
      const reader = (two >> 3) % times.length
      asked.push(wanted)
      together.read(wanted, reader, wait)
      for (const each of wanted) {
        alone.get(each)?.read([each], reader, wait)
      }
    } else if (kind < 11) answer(key, two % 9)
    else if (kind === 11) for (const { clock } of sides) clock.step(one % 4 === 0 ? -(two % 12) : two % 20)
    else if (kind === 12) for (const { clock } of sides) clock.freeze(two % 30)
    else if (kind === 13) {
      for (const side of [together, alone.get(key) as Side]) {
        void refresh(side.cache.loader, {
          source: side.source,
          entry: (side.keys[key][0] as DeclaredKey).entry,
          emit: side.emit,
        })
      }
    } else for (const { clock } of sides) clock.advance(two % 9)
    drain()
    for (const each of keys) {
      if (together.loads[each].length !== alone.get(each)?.loads[each].length) {
        violated('keys do not interfere', `${each} was loaded ${together.loads[each].length} times`)
      }
    }
  }
  for (const { clock } of sides) clock.advance(30)
  drain()

  const at: Record<Key, number> = { a: 0, b: 0, c: 0 }
  for (const [index, wanted] of asked.entries()) {
    const expected = wanted.map((key) => alone.get(key)?.results[at[key]++]?.[0] ?? 'nothing')
    const errors = expected.filter((result) => /[A-Z]/.test(result))
    const found = together.results[index] ?? []
    if (found.join() !== (errors.length > 0 ? errors : expected).join()) {
      violated('a batch is a map of single reads', `${wanted}: ${found} instead of ${expected}`)
    }
  }
  statistics.calls += asked.length
}
