import type { Reference } from '../declare/reference.ts'
import {
  ConfigurationError,
  type SecretsCacheError,
  TimeoutError,
  UnsupportedError,
} from '../errors/index.ts'
import { type Clock, systemClock } from '../shared/clock.ts'
import { startDeadline } from '../shared/deadline.ts'
import { limits } from '../shared/limits.ts'
import { askSource } from './ask-source.ts'
import type { FetchContext, Outcome, Source } from './source.ts'

/**
 * Asks the first source, and the next one for what it cannot answer: not ready in its share of the time,
 * unreachable, refused without a cause, failing, or not able to do it (a tree, a forced refresh). Never for what a
 * source that knows says: not found, denied. Nor when throttled: the next one would ask the same account.
 * @example source: firstOf(extension(), direct())
 */
export function firstOf(...sources: readonly Source[]): Source {
  return firstOfWith(systemClock, sources)
}

/**
 * The same with a clock of one's own.
 * @example const first = firstOfWith(fakeClock(), [memorySource({}), scriptedSource()])
 */
export function firstOfWith(clock: Clock, sources: readonly Source[]): Source {
  const [first] = sources
  if (!first || sources.length < 2) {
    throw new ConfigurationError({
      reason: 'firstOf has fewer than two sources',
      remedy: 'Give two: firstOf(extension(), direct()).',
    })
  }
  const list = (what: (source: Source) => string) => sources.map(what).join(', ')
  return {
    name: `firstOf(${list(({ name }) => name)})`,
    get identity() {
      return `firstOf(${list(({ identity }) => identity)})`
    },
    refreshable: sources.some(isRefreshable),
    duringInit: first.duringInit ?? true,
    warmUp: () => {
      for (const source of sources) source.warmUp?.()
    },
    refusal: (reference) => {
      const refusals = sources.map((source) => source.refusal?.(reference))
      return refusals.every(Boolean) ? refusals.at(-1) : undefined
    },
    cachedFor: (reference, isOutage) =>
      Math.max(...sources.map((source) => source.cachedFor?.(reference, isOutage) ?? 0)),
    fetch: (references, context) => askFrom(0, references, { clock, sources, context }),
  }
}

interface Asking {
  readonly clock: Clock
  readonly sources: readonly Source[]
  readonly context: FetchContext
}

/** Asks the sources from number `index` on; each outcome settles as soon as some source has answered it. */
function askFrom(index: number, references: readonly Reference[], asking: Asking): Promise<Outcome>[] {
  const { sources, context } = asking
  const source = sources[index] as Source
  const isLast = index === sources.length - 1
  const able = references.filter((reference) => unable(source, reference, context) === undefined)
  const answers = askOne(source, able, asking, isLast)
  // What this source cannot answer goes on together, when it has answered all it can: the next one may batch.
  const settled = Promise.all(answers)
  const rest = Promise.withResolvers<Promise<Outcome>[]>()
  const onward: Reference[] = []

  const outcomes = references.map(async (reference) => {
    const at = able.indexOf(reference)
    const outcome =
      at === -1 ? refused(unable(source, reference, context) as SecretsCacheError) : await answers[at]
    const own = named(outcome as Outcome, source)
    if (own.ok || isLast || !goesOn(own.error)) return own
    const { name } = sources[index + 1] as Source
    context.emit('next', () => ({ id: reference.id, source: source.name, code: own.error.code, next: name }))
    const place = onward.push(reference) - 1
    return (await rest.promise)[place] as Promise<Outcome>
  })
  void settled.then(() =>
    queueMicrotask(() => {
      if (onward.length > 0) rest.resolve(askFrom(index + 1, onward, asking))
    }),
  )
  return outcomes
}

/** Calls one source. All but the last have only their share of the time. */
function askOne(
  source: Source,
  references: readonly Reference[],
  { clock, context }: Asking,
  isLast: boolean,
): Promise<Outcome>[] {
  // Stryker disable next-line ArrayDeclaration: nothing was asked, so nothing is looked up in it.
  if (references.length === 0) return []
  const controller = new AbortController()
  const signal = isLast ? context.signal : AbortSignal.any([context.signal, controller.signal])
  const expired = Promise.withResolvers<Outcome>()
  const cancel = isLast
    ? () => {}
    : startDeadline(clock, limits, limits.firstShare, () => {
        controller.abort()
        // One turn for the source to tell what it was waiting for.
        clock.after(0, () => expired.resolve(refused(new TimeoutError())))
      })
  const answers = askSource(source, references, { ...context, signal })
  const outcomes = isLast ? answers : answers.map((answer) => Promise.race([answer, expired.promise]))
  void Promise.all(outcomes).then(cancel)
  return outcomes
}

function unable(
  source: Source,
  reference: Reference,
  { fresh }: FetchContext,
): SecretsCacheError | undefined {
  if (fresh && !isRefreshable(source)) return new UnsupportedError({ reason: 'it has a cache in between' })
  return source.refusal?.(reference)
}

const isRefreshable = (source: Source) => source.refreshable !== false

const goesOn = ({ code, transient }: SecretsCacheError) =>
  (transient && code !== 'THROTTLED') || code === 'UNSUPPORTED' || code === 'MISSING_CLIENT'

const refused = (error: SecretsCacheError): Outcome => ({ ok: false, error })

/** An error says which of the sources it is from. */
const named = (outcome: Outcome, { name }: Source): Outcome =>
  outcome.ok ? outcome : refused(outcome.error.about({ source: name }))
