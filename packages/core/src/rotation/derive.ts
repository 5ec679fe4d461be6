import { ConfigurationError } from '../errors/index.ts'
import { checkOptions, nameOf } from '../shared/check.ts'
import { type HiddenMap, hiddenMap } from '../shared/hidden-map.ts'
import { perThread } from '../shared/per-thread.ts'
import { isThenable, promiseOf } from '../shared/thenable.ts'
import { handleOf, isCurrent } from './handle-of.ts'
import { isInUse, leaseLentView, whenUnused } from './leases.ts'

/** Options of `derive`. */
export interface DeriveOptions<Result> {
  /** Ends what was made for a replaced version, after its last use. Errors thrown here become a warning. */
  readonly dispose?: ((made: Awaited<Result>) => unknown) | undefined
}

/** One thing made from one value, read in one way. */
interface Derived {
  readonly result: object
  readonly made: unknown
  readonly dispose: (made: unknown) => unknown
}

/** What one function makes of one declared value: what is current, and what is replaced but still in use. */
interface Line {
  current: Derived | undefined
  readonly replaced: Set<Derived>
}

/** By the reading: the same secret declared as text and as JSON are two values. */
const lines = /* @__PURE__ */ perThread('derived/1', (): HiddenMap<object, Map<unknown, Line>> => hiddenMap())

/** A function that is made anew for each call would make a pool with each call. */
const mostMakers = 16

/**
 * What is made of a secret, a client or a pool: once per version, however many invocations ask. When the version
 * changes, the next call makes a new one; the old one is disposed of when no invocation and no `retryOnRotation` that
 * began with it runs any more. (Without Middy only `retryOnRotation` tells what is in use.)
 *
 * @param make must be the same function each time: declare it outside the handler. What it throws is not kept.
 * @throws {ForeignViewError} `view` was not made by a middleware or `createSecrets`, or lacks `key`.
 * @example const pool = derive(context.secrets, 'db', createPool, { dispose: (pool) => pool.end() })
 */
export function derive<View extends object, Key extends keyof View & string, Result>(
  view: View,
  key: Key,
  make: (value: View[Key]) => Result,
  options: DeriveOptions<Result> = {},
): Result {
  checkDerive(make, options)
  const handle = handleOf(view, key)
  const { result } = handle
  leaseLentView(view)
  const line = lineOf(handle.key.reading, make)
  const known = [line.current, ...line.replaced].find((derived) => derived?.result === result)
  if (known) return known.made as Result

  const made = make(view[key])
  const derived: Derived = { result, made, dispose: (options.dispose ?? (() => {})) as Derived['dispose'] }
  if (isCurrent(handle)) {
    if (line.current) line.replaced.add(line.current)
    line.current = derived
    sweep(line)
  } else {
    // An invocation that still has the older value: for its own use, and disposed of with it.
    line.replaced.add(derived)
  }
  // Any thenable: a promise may come from another realm or library.
  if (isThenable(made)) promiseOf(made).then(undefined, () => forget(line, derived))
  return made
}

function lineOf(reading: object, make: unknown): Line {
  const byMaker = lines().get(reading) ?? new Map<unknown, Line>()
  lines().set(reading, byMaker)
  const known = byMaker.get(make)
  if (known) return known
  if (byMaker.size >= mostMakers) {
    throw new ConfigurationError({
      reason: `derive was given ${byMaker.size + 1} different functions for one secret`,
      remedy: 'Declare the function outside the handler, so that it is the same each time.',
    })
  }
  const line: Line = { current: undefined, replaced: new Set() }
  byMaker.set(make, line)
  whenUnused(() => sweep(line))
  return line
}

function sweep({ replaced }: Line): void {
  for (const derived of [...replaced].filter(({ result }) => !isInUse(result))) {
    replaced.delete(derived)
    void disposeOf(derived)
  }
}

async function disposeOf({ made, dispose }: Derived): Promise<void> {
  try {
    await dispose(await made)
  } catch {
    // Its error may hold a connection string.
    process.emitWarning('dispose threw; what was derived may not be closed', 'SecretsCacheWarning')
  }
}

/** A promise that rejected made nothing: the next call tries again, and there is nothing to dispose of. */
function forget(line: Line, derived: Derived): void {
  if (line.current === derived) line.current = undefined
  line.replaced.delete(derived)
}

function checkDerive(make: unknown, options: object): void {
  checkOptions('derive', options, ['dispose'])
  if (typeof make === 'function') return
  throw new ConfigurationError({ reason: `derive: make is ${nameOf(make)}`, remedy: 'Give a function.' })
}
