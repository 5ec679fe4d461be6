import { refreshRejected } from '../cache/refresh.ts'
import { hasSameBytes } from '../cache/stored-value.ts'
import type { KeyHandle } from '../keys/key-handle.ts'
import { readValue } from '../keys/reading.ts'
import { waitTime } from '../keys/wait-time.ts'
import { startWait } from '../shared/wait.ts'

/** A newer version, as it is shown. */
export interface Newer {
  readonly value: unknown
  readonly handle: KeyHandle
}

/** Whether somebody has already found that the shown version does not work. */
export function isRejected({ key, loaded }: KeyHandle): boolean {
  const { rejected } = key.entry.state
  return rejected !== undefined && loaded !== undefined && hasSameBytes(rejected, loaded.value.raw)
}

/** Another version than the shown one, if there is one by now; nothing where none could be had in time. */
export async function newerVersion(
  handle: KeyHandle,
  remaining: number,
): Promise<Newer | 'unchanged' | undefined> {
  const { cache, timeoutMilliseconds } = handle.context
  const { milliseconds } = waitTime(timeoutMilliseconds, remaining, cache.limits)
  if (!(milliseconds > 0)) return undefined
  const wait = startWait(cache.clock, cache.limits, milliseconds)
  try {
    return await wait.whole(refreshed(handle, () => !wait.isOver()))
  } finally {
    wait.end()
  }
}

async function refreshed({ key, loaded, context }: KeyHandle, isWaiting: () => boolean) {
  if (!loaded) return 'unchanged'
  const { entry, source, times, reading, declared } = key
  const { cache, emit } = context
  const result = await refreshRejected(cache.loader, { source, entry, times, emit, isWaiting }, loaded.value)
  if (result.status === 'unchanged') return 'unchanged'
  if (result.status === 'failed') return undefined
  const { value } = result.loaded
  const newer = await readValue(reading, value, declared, cache.clock.now(), cache.limits.loadTimeout)
  if (!newer.ok) return undefined
  return { value: newer.value, handle: { key, loaded: result.loaded, result: newer, context } }
}

/** The minimum interval between two forced loads, lengthened at random so that retries do not keep step. */
export function pauseOf({ loaded, context }: KeyHandle): number {
  const { minimumRefreshInterval, pauseJitter } = context.cache.limits
  return minimumRefreshInterval * (1 + pauseJitter * (loaded?.jitter ?? 0))
}

export function pause(handle: KeyHandle): Promise<void> {
  return new Promise((resolve) => {
    handle.context.cache.clock.after(pauseOf(handle), resolve)
  })
}
