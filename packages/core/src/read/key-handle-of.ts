import type { Cache } from '../cache/cache.ts'
import type { StoredValue } from '../cache/stored-value.ts'
import { hasSameBytes } from '../cache/stored-value.ts'
import type { Emit } from '../shared/events.ts'
import { startWait } from '../shared/wait.ts'
import type { KeyHandle } from '../view/key-handle.ts'
import type { DeclaredKey } from './declared-key.ts'
import { readValue } from './reading.ts'
import type { Served } from './serve-value.ts'
import { waitTime } from './wait-time.ts'

/** What all keys of one reader have in common when they are read. */
export interface ReaderContext {
  readonly cache: Cache
  readonly emit: Emit
  readonly timeoutMilliseconds: number
}

/** The handle of one key in a view that shows what was served. */
export function keyHandleOf(
  key: DeclaredKey,
  { loaded, result }: Pick<Served, 'loaded' | 'result'>,
  reader: ReaderContext,
): KeyHandle {
  const { cache, emit, timeoutMilliseconds } = reader
  const { clock, limits } = cache
  const { entry, source, times } = key
  const value = loaded?.value
  const pauseMilliseconds = limits.minimumRefreshInterval * (1 + limits.pauseJitter * (loaded?.jitter ?? 0))

  async function renew(remaining: number): ReturnType<KeyHandle['renew']> {
    const { milliseconds } = waitTime(timeoutMilliseconds, remaining, limits)
    if (!(milliseconds > 0)) return undefined
    const wait = startWait(clock, limits, milliseconds)
    try {
      return await wait.whole(renewed(() => !wait.isOver()))
    } finally {
      wait.end()
    }
  }

  async function renewed(isWaiting: () => boolean): ReturnType<KeyHandle['renew']> {
    if (!value) return 'unchanged'
    const refreshed = await cache.refreshRejected({ source, entry, times, emit, isWaiting }, value)
    if (refreshed.status === 'unchanged') return 'unchanged'
    if (refreshed.status === 'failed') return undefined
    const newer = await readValue(
      key.reading,
      refreshed.loaded.value,
      key.declared,
      clock.now(),
      limits.loadTimeout,
    )
    if (!newer.ok) return undefined
    return {
      value: newer.value,
      handle: keyHandleOf(key, { loaded: refreshed.loaded, result: newer }, reader),
    }
  }

  const isRejected = (rejected: StoredValue | undefined) =>
    rejected !== undefined && value !== undefined && hasSameBytes(rejected, value.raw)

  return {
    subject: key.subject,
    isRefreshable: source.refreshable !== false,
    reading: key.reading,
    content: result,
    fallback: key.fallback,
    isCurrent: () => entry.state.loaded?.value === value,
    isRejected: () => isRejected(entry.state.rejected),
    reject: () => entry.reject(value),
    accept: () => entry.reject(undefined),
    renew,
    pauseMilliseconds,
    pause: () =>
      new Promise((resolve) => {
        clock.after(pauseMilliseconds, resolve)
      }),
  }
}
