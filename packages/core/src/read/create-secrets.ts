import { sharedCache } from '../cache/shared-cache.ts'
import type { ParametersDeclaration, SecretsDeclaration, ValueOf } from '../declare/declaration.ts'
import type { Declared } from '../declare/declare.ts'
import type { ViewName } from '../declare/reference-of.ts'
import { ConfigurationError, NotRefreshableError, TimeoutError } from '../errors/index.ts'
import { checkOptions, nameOf, undeclared } from '../shared/check.ts'
import { emitterFor, isHitHeard } from '../shared/events.ts'
import { startWait } from '../shared/wait.ts'
import type { Source } from '../source/source.ts'
import type { Asked } from '../view/ticket.ts'
import { askedBy } from './asked.ts'
import { collect } from './collect.ts'
import { type Description, describeSlot } from './describe.ts'
import {
  checkSecretsOptions,
  type Declarable,
  defaultTimeoutMilliseconds,
  type SecretsOptions,
} from './options.ts'
import { readerOf, readersOf } from './reader.ts'
import { keyOf } from './serve.ts'
import type { Serving } from './serving.ts'
import { type Slot, slotOf } from './slot.ts'
import { createSnapshot, type Snapshot, type Views } from './snapshot.ts'

/** Nothing declared. */
export type Nothing = Record<never, never>

/** What is declared, and the options for reading it. */
export interface Declarations<
  Secrets extends SecretsDeclaration = Nothing,
  Parameters extends ParametersDeclaration = Nothing,
> extends SecretsOptions {
  readonly secrets?: Secrets | undefined
  readonly parameters?: Parameters | undefined
}

/**
 * The views that declarations give: only those that are declared. Written out, so that a hover over `context.secrets`
 * shows the keys and their values.
 */
export type ViewsOf<Secrets, Parameters> = {
  readonly [View in
    | (keyof Secrets extends never ? never : 'secrets')
    | (keyof Parameters extends never ? never : 'parameters')]: View extends 'secrets'
    ? { readonly [Key in keyof Secrets]: ValueOf<Secrets[Key]> }
    : { readonly [Key in keyof Parameters]: ValueOf<Parameters[Key]> }
}

export interface ReadOptions {
  /** What is left of the invocation: no wait is longer than that less a margin. @default no bound of its own */
  readonly remainingMilliseconds?: number | undefined
}

export interface GetOptions extends ReadOptions {
  /** Which service the name is of. @default 'secrets'; 'parameters' for `list` and `tree` */
  readonly from?: ViewName | undefined
}

/** Declared secrets and parameters, kept as fresh as declared. */
export interface SecretsReader<Read, Key extends string> {
  /**
   * A snapshot of all that is declared: at once while all of it is fresh, else as a promise.
   * @throws {SecretsCacheError} what could not be had: one key's error, or a `SeveralError` that names them all.
   */
  readonly read: (options?: ReadOptions) => Read | Promise<Read>
  /** What `read` would give at once; `undefined` where somebody would have to look or wait. */
  readonly peek: () => Read | undefined
  /** What each key asks for, by its view. Nothing is fetched for this. */
  readonly asked: () => ReadonlyMap<ViewName, ReadonlyMap<string, Asked>>
  /** A value whose name is known only at run time, one per tenant say; the 1,024 used last are kept. */
  readonly get: <Value = string>(reference: string | Declared<Value>, options?: GetOptions) => Promise<Value>
  /** Loads a declared key anew, past every cache, whatever its age and the backoff. */
  readonly refresh: (key: Key, options?: ReadOptions) => Promise<void>
  /** What is declared, from where, and how old each value can get at worst. */
  readonly describe: () => readonly Description[]
  /** Forgets every value of the cache, also those of others who share it. */
  readonly clear: () => void
}

/**
 * Reads declared secrets and parameters: the engine behind the middlewares, for handlers without Middy and scripts.
 * @throws {ConfigurationError | UnsupportedError} an option or a declaration can never work.
 * @example
 * const orders = createSecrets({ source: extension(), secrets: { db: json<Credentials>('prod/orders/db') } })
 * const { secrets } = await orders.read()
 */
export function createSecrets<
  const Secrets extends SecretsDeclaration = Nothing,
  const Parameters extends ParametersDeclaration = Nothing,
>(options: Declarations<Secrets, Parameters>): ReaderOf<Secrets, Parameters> {
  return createReader('createSecrets', options)
}

type ReaderOf<Secrets, Parameters> = SecretsReader<
  ViewsOf<Secrets, Parameters>,
  (keyof Secrets | keyof Parameters) & string
>

/** The same for a maker of another name, which is what errors call it, and for what that one can declare. */
export function createReader<Secrets extends SecretsDeclaration, Parameters extends ParametersDeclaration>(
  where: string,
  options: Declarations<Secrets, Parameters>,
  declarable: Declarable = ['secrets', 'parameters'],
): ReaderOf<Secrets, Parameters> {
  type Read = ViewsOf<Secrets, Parameters>
  checkSecretsOptions(where, options, declarable)
  const { secrets, parameters, onEvent, cache = sharedCache(), prefetch = true } = options
  const source = options.source as Source
  const patience = options.timeoutMilliseconds ?? defaultTimeoutMilliseconds
  const readers = [
    ...readersOf('secrets', secrets, source, options),
    ...readersOf('parameters', parameters, source, options),
  ]
  if (readers.length === 0) throw nothingDeclared()
  const emit = emitterFor(onEvent)

  // Bound at the first use: a source may learn its address only then.
  let slots: readonly Slot[] | undefined
  let snapshot: Snapshot
  const bind = () => {
    if (slots) return slots
    slots = readers.map((reader) => slotOf(reader, cache, true))
    snapshot = createSnapshot(slots, cache, emit, patience)
    return slots
  }

  // The last views, and when they may be given again without a look at any entry.
  let prepared: Views | undefined
  let from = 0
  let until = 0
  let epoch: number | undefined

  function peek(): Read | undefined {
    const now = cache.clock.now()
    if (!prepared || now < from || now >= until || epoch !== cache.epoch()) return undefined
    if (isHitHeard(onEvent)) tellHits()
    return prepared as Read
  }

  function read({ remainingMilliseconds }: ReadOptions = {}): Read | Promise<Read> {
    const ready = peek()
    if (ready) return ready
    const servings = collect(bind(), cache, emit, waitOf(remainingMilliseconds))
    return (servings instanceof Promise ? servings.then(prepare) : prepare(servings)) as Read | Promise<Read>
  }

  function prepare(servings: readonly Serving[]): Views {
    prepared = snapshot(servings)
    from = Math.max(...servings.map((serving) => serving.from))
    until = servings.every(isStillHeld) ? Math.min(...servings.map((serving) => serving.until)) : 0
    epoch = cache.epoch()
    return prepared
  }

  /** Whether nothing newer came for one key while the read waited for another. */
  function isStillHeld({ held }: Serving, index: number): boolean {
    const { entry } = bind()[index] as Slot
    return held ? entry.held === held : entry.failures > 0
  }

  function tellHits(): void {
    for (const { reader, entry } of bind()) {
      const ageSeconds = (cache.clock.now() - entry.loadedAt) / 1_000
      emit('hit', () => ({ ...keyOf(reader), ageSeconds }))
    }
  }

  const waitOf = (remaining = Number.POSITIVE_INFINITY) => Math.min(patience, remaining - cache.limits.margin)

  async function get<Value>(
    reference: string | Declared<Value>,
    getOptions: GetOptions = {},
  ): Promise<Value> {
    checkGetOptions(getOptions)
    const { format } = Object(reference) as Partial<Declared<Value>>
    const view = getOptions.from ?? (format === 'list' || format === 'tree' ? 'parameters' : 'secrets')
    const reader = readerOf(view, 'get()', reference, source, options)
    const slot = slotOf(reader, cache, false)
    const [serving] = await collect([slot], cache, emit, waitOf(getOptions.remainingMilliseconds))
    const { value } = serving as Serving
    // Bytes cannot be frozen: each caller gets its own.
    return (value instanceof Uint8Array ? new Uint8Array(value) : value) as Value
  }

  async function refresh(key: string, { remainingMilliseconds }: ReadOptions = {}): Promise<void> {
    const keys = readers.map((reader) => reader.key)
    const wanted = bind().filter(({ reader }) => reader.key === key)
    if (wanted.length === 0) throw undeclared('refresh', key, keys)
    if (source.refreshable === false) throw new NotRefreshableError({ key, source: source.name })
    const wait = startWait(cache.clock, cache.limits, waitOf(remainingMilliseconds))
    try {
      for (const { reader, entry } of wanted) {
        const landing = await wait.whole(cache.refresh(entry, emit))
        if (!landing) throw new TimeoutError().about(keyOf(reader))
        if (landing.status === 'failed') throw landing.error.about(keyOf(reader))
      }
    } finally {
      wait.end()
    }
  }

  if (prefetch && source.duringInit !== false)
    cache.prefetch(
      bind().map(({ entry }) => entry),
      emit,
    )

  function asked() {
    const byView = Map.groupBy(readers, ({ view }) => view)
    return new Map(
      [...byView].map(([view, own]) => [view, new Map(own.map((reader) => [reader.key, askedBy(reader)]))]),
    )
  }

  return {
    read,
    peek,
    asked,
    get,
    refresh,
    describe: () => bind().map((slot) => describeSlot(slot, cache)),
    clear: () => cache.clear(),
  }
}

function checkGetOptions(options: GetOptions): void {
  checkOptions('get', options, ['from', 'remainingMilliseconds'])
  const { from } = options
  if (from === undefined || from === 'secrets' || from === 'parameters') return
  throw new ConfigurationError({
    reason: `get: from is ${nameOf(from)}`,
    remedy: "Give 'secrets' or 'parameters'.",
  })
}

function nothingDeclared(): ConfigurationError {
  return new ConfigurationError({
    reason: 'neither secrets nor parameters are declared',
    remedy: "Declare what is needed: { secrets: { db: 'prod/orders/db' } }.",
  })
}
