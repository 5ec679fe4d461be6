import { type Cache, createCache } from '../../src/cache/cache.ts'
import { refresh, refreshRejected } from '../../src/cache/refresh.ts'
import { text } from '../../src/declare/declare.ts'
import type { Declared } from '../../src/declare/declared.ts'
import type { CacheTimes } from '../../src/declare/times.ts'
import { AccessDeniedError, type SecretsCacheError, UnreachableError } from '../../src/errors/index.ts'
import { type DeclaredKey, declaredKey } from '../../src/keys/declared-key.ts'
import { collect } from '../../src/read/collect.ts'
import type { Served } from '../../src/read/serve-value.ts'
import type { Emit, SecretsEvent } from '../../src/shared/events.ts'
import type { Limits } from '../../src/shared/limits.ts'
import type { RawValue, Source } from '../../src/source/source.ts'
import { type FakeClock, fakeClock } from '../../src/testing/fake-clock.ts'
import { type ScriptedSource, scriptedSource } from '../../src/testing/scripted-source.ts'

/** What became of a call: watched from outside, and never an unhandled rejection. */
export interface Watched<Value> {
  /** Whether it answered at once. */
  readonly isSync: boolean
  readonly isSettled: boolean
  readonly value: Value | undefined
  readonly error: unknown
}

/** An engine with a clock and a source of the test's own. */
export interface Engine {
  readonly clock: FakeClock
  readonly cache: Cache
  readonly source: ScriptedSource
  readonly events: readonly SecretsEvent[]
  readonly emit: Emit
  readonly slot: (times?: CacheTimes, declared?: Declared<unknown> | string) => DeclaredKey
  /** Reads one slot, or several together. */
  readonly read: (
    slots: DeclaredKey | readonly DeclaredKey[],
    waitMilliseconds?: number,
  ) => Watched<readonly Served[]>
  readonly refresh: (slot: DeclaredKey) => Watched<Awaited<ReturnType<typeof refresh>>>
  readonly refreshRejected: (
    slot: DeclaredKey,
    rejected: Served | undefined,
  ) => Watched<Awaited<ReturnType<typeof refreshRejected>>>
  /** Answers a question with a value; the answer is through when this resolves. */
  readonly answer: (question: number, value: RawValue, version?: string) => Promise<void>
  readonly fail: (question: number, error?: SecretsCacheError) => Promise<void>
  readonly deny: (question: number) => Promise<void>
  /** Lets time pass, and all that follows from it. */
  readonly advance: (milliseconds: number) => Promise<void>
  /** Reads and answers: an engine that holds `value` now. */
  readonly hold: (slot: DeclaredKey, value: RawValue) => Promise<void>
}

export interface EngineOptions {
  readonly limits?: Partial<Limits>
  readonly random?: () => number
  readonly source?: Partial<Source>
}

export function createEngine({ limits, random = () => 0, source: overrides }: EngineOptions = {}): Engine {
  const clock = fakeClock()
  const cache = createCache({ clock, random, ...(limits && { limits }) })
  const source = scriptedSource(overrides)
  const events: SecretsEvent[] = []
  const emit: Emit = (type, describe) => {
    events.push({ type, ...describe() } as unknown as SecretsEvent)
  }

  const questionAt = (index: number) => {
    const question = source.questions.at(index)
    if (question) return question
    throw new Error(`there are only ${source.questions.length} questions`)
  }

  const engine: Engine = {
    clock,
    cache,
    source,
    events,
    emit,
    slot(times = {}, declared = 'prod/a') {
      const reference = typeof declared === 'string' ? text(declared) : declared
      return declaredKey('secrets', 'a', reference, { source, times, cache })
    },
    read(slots, waitMilliseconds = 2_000) {
      return watch(() =>
        collect([slots].flat() as DeclaredKey[], cache, emit, {
          milliseconds: waitMilliseconds,
          reason: waitMilliseconds > 0 ? undefined : 'no time',
        }),
      )
    },
    refresh: ({ entry }) => watch(() => refresh(cache.loader, { source, entry, emit })),
    refreshRejected: ({ entry, times }, rejected) => {
      const { loaded } = rejected ?? {}
      if (!loaded) throw new Error('nothing was served that could be rejected')
      return watch(() => refreshRejected(cache.loader, { source, entry, times, emit }, loaded.value))
    },
    async answer(question, value, version) {
      questionAt(question).answer({ ok: true, value, version })
      await turn()
    },
    async fail(question, error = new UnreachableError()) {
      questionAt(question).answer({ ok: false, error })
      await turn()
    },
    deny: (question) => engine.fail(question, new AccessDeniedError()),
    async advance(milliseconds) {
      clock.advance(milliseconds)
      await turn()
    },
    async hold(slot, value) {
      engine.read(slot)
      await engine.answer(-1, value)
    },
  }
  return engine
}

/** One turn of the loop: everything that can follow without time has followed. */
export const turn = () => new Promise((resolve) => setImmediate(resolve))

export function watch<Value>(call: () => Value | Promise<Value>): Watched<Value> {
  const watched = {
    isSync: false,
    isSettled: false,
    value: undefined as Value | undefined,
    error: undefined as unknown,
  }
  const settle = (settled: { value?: Value; error?: unknown }) =>
    Object.assign(watched, settled, { isSettled: true })
  try {
    const result = call()
    if (result instanceof Promise)
      result.then(
        (value) => settle({ value }),
        (error) => settle({ error }),
      )
    else settle({ value: result }).isSync = true
  } catch (error) {
    settle({ error }).isSync = true
  }
  return watched
}

/** What was served. */
export const valuesOf = ({ value }: Watched<readonly Served[]>) => value?.map((serving) => serving.value)
