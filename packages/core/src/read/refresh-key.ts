import { refresh } from '../cache/refresh.ts'
import { NotRefreshableError, TimeoutError } from '../errors/index.ts'
import type { DeclaredKey } from '../keys/declared-key.ts'
import type { ReaderContext } from '../keys/key-handle.ts'
import { waitTime } from '../keys/wait-time.ts'
import { undeclared } from '../shared/check.ts'
import { startWait } from '../shared/wait.ts'
import type { Source } from '../source/source.ts'
import type { ReadOptions } from './secrets-reader.ts'

/** Loads a declared key again, past every cache. If secrets and parameters both have that key, both are loaded. */
export async function refreshKey(
  keys: readonly DeclaredKey[],
  name: string,
  { remainingMilliseconds }: ReadOptions = {},
  source: Source,
  { cache, emit, timeoutMilliseconds }: ReaderContext,
): Promise<void> {
  const wanted = keys.filter(({ key }) => key === name)
  if (wanted.length === 0)
    throw undeclared(
      'refresh',
      name,
      keys.map(({ key }) => key),
    )
  if (source.refreshable === false) throw new NotRefreshableError({ key: name, source: source.name })
  const { milliseconds, reason } = waitTime(timeoutMilliseconds, remainingMilliseconds, cache.limits)
  const wait = startWait(cache.clock, cache.limits, milliseconds)
  try {
    for (const { entry, subject } of wanted) {
      const result = await wait.whole(refresh(cache.loader, { source, entry, emit }))
      if (!result) throw new TimeoutError({ reason }).about(subject)
      if (result.status === 'failed') throw result.error.about(subject)
    }
  } finally {
    wait.end()
  }
}
