import { ConfigurationError, NotRefreshableError } from '../errors/index.ts'
import type { KeyHandle } from '../keys/key-handle.ts'
import { checkOptions, nameOf } from '../shared/check.ts'
import { replaceInView } from '../view/view.ts'
import { handleOf } from './handle-of.ts'
import { leaseViews } from './leases.ts'
import { isRejected, type Newer, newerVersion, pause, pauseOf } from './newer-version.ts'

/**
 * A newer version may be rotated away too before it is used. The invocation's time ends that first; this ends it where
 * nobody says how much time there is.
 */
const mostNewerVersions = 8

/** When, and how long, `retryOnRotation` may try again. */
export interface RetryOptions {
  /** Whether an error says that the secret is no longer accepted: `isMysqlAuthError`, `isPostgresAuthError`... */
  readonly when: (error: unknown) => boolean
  /**
   * What is left of the invocation, in milliseconds: `context.getRemainingTimeInMillis`.
   * @default no bound but the middleware's own timeout
   */
  readonly remainingMilliseconds?: (() => number) | undefined
}

/**
 * Runs with a secret; if it was rotated away meanwhile, fetches the newer version and runs again.
 *
 * However many callers fail together, one forced load serves them all. In the gap of a single-user rotation, where
 * the old password is dead and the new one not yet stored, it waits the minimum refresh interval (1 s) once. A newer
 * version that is refused too is treated the same, eight at most. Without a newer version the last error is thrown.
 *
 * @param run gets the value, and the view with the newer value in it: for `derive`.
 * @throws {ForeignViewError} `view` was not made by a middleware or `createSecrets`, or lacks `key`.
 * @throws {NotRefreshableError} the source has a cache in between that cannot be passed; nothing was run.
 * @example
 * await retryOnRotation(context.secrets, 'db', (db) => query(db), { when: isMysqlAuthError })
 */
export async function retryOnRotation<View extends object, Key extends keyof View & string, Result>(
  view: View,
  key: Key,
  run: (value: View[Key], view: View) => Result | PromiseLike<Result>,
  options: RetryOptions,
): Promise<Result> {
  checkRetry(options)
  const handle = refreshableHandle(view, key)
  const { when, remainingMilliseconds = () => Number.POSITIVE_INFINITY } = options
  const runWith = async (now: View) => {
    const release = leaseViews([now])
    try {
      return await run(now[key], now)
    } finally {
      release()
    }
  }
  const renewed = (newer: Newer) => replaceInView(view, key, newer.value, newer.handle) as View

  // Somebody has already found that this version does not work: the newer one is tried first, if there is one.
  const known = isRejected(handle) ? await newerVersion(handle, remainingMilliseconds()) : undefined
  let [tried, current] = typeof known === 'object' ? [known.handle, renewed(known)] : [handle, view]
  for (let newerVersions = 0; ; newerVersions++) {
    try {
      const result = await runWith(current)
      if (newerVersions === 0) tried.key.entry.reject(undefined)
      return result
    } catch (error) {
      if (!when(error)) throw error
      tried.key.entry.reject(tried.loaded?.value)
      if (newerVersions === mostNewerVersions) throw error
      const newer = await newerThan(tried, remainingMilliseconds)
      if (typeof newer !== 'object') throw error
      tried = newer.handle
      current = renewed(newer)
    }
  }
}

/** A newer version, waiting out the gap of a rotation once. */
async function newerThan(handle: KeyHandle, remainingMilliseconds: () => number) {
  const first = await newerVersion(handle, remainingMilliseconds())
  if (first !== 'unchanged' || remainingMilliseconds() <= pauseOf(handle)) return first
  await pause(handle)
  return newerVersion(handle, remainingMilliseconds())
}

function refreshableHandle(view: object, key: string): KeyHandle {
  const handle = handleOf(view, key)
  if (handle.key.source.refreshable !== false) return handle
  throw new NotRefreshableError(handle.key.subject)
}

function checkRetry(options: RetryOptions): void {
  checkOptions('retryOnRotation', options, ['when', 'remainingMilliseconds'])
  if (typeof options.when === 'function') return
  throw new ConfigurationError({
    reason: `retryOnRotation: when is ${nameOf(options.when)}`,
    remedy:
      'Give a function that tells an authentication error: isMysqlAuthError, isPostgresAuthError, isHttpAuthError.',
  })
}
