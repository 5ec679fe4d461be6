import type { Cache } from '../cache/cache.ts'
import { SeveralError } from '../errors/index.ts'
import type { DeclaredKey } from '../keys/declared-key.ts'
import type { WaitTime } from '../keys/wait-time.ts'
import type { Emit } from '../shared/events.ts'
import type { Result } from '../shared/result.ts'
import { startWait, type Wait } from '../shared/wait.ts'
import { lookAt, serve, wantsLoad } from './serve.ts'
import type { ReadContext, Served } from './serve-value.ts'

/**
 * Serves all keys of one read. What is missing together is loaded together; the answer is synchronous where nobody
 * has to wait. Throws, or rejects, with the error of the one key that failed, or with all of them.
 */
export function collect(
  keys: readonly DeclaredKey[],
  cache: Cache,
  emit: Emit,
  time: WaitTime,
): readonly Served[] | Promise<readonly Served[]> {
  const hasTime = time.milliseconds > 0
  let wait: Wait | undefined
  const context: ReadContext = {
    cache,
    emit,
    noTime: time.reason,
    wait: () => {
      if (hasTime) wait ??= startWait(cache.clock, cache.limits, time.milliseconds)
      return wait
    },
  }
  const end = () => {
    wait?.end()
    for (const { entry } of keys) entry.endRead()
  }
  for (const { entry } of keys) entry.beginRead()
  const looks = keys.map((key) => ({ key, found: lookAt(key, context) }))
  const wanted = looks
    .filter(({ key, found }) => wantsLoad(key, found, context, hasTime))
    .map(({ key }) => key)
  const [first] = wanted
  if (first)
    cache.load(
      first.source,
      wanted.map(({ entry }) => entry),
      emit,
    )
  const results = looks.map(({ key, found }) => serve(key, found, context))
  if (results.some((result) => result instanceof Promise)) return later(results, end)
  end()
  return all(results as Result<Served>[])
}

async function later(
  results: readonly (Result<Served> | Promise<Result<Served>>)[],
  end: () => void,
): Promise<readonly Served[]> {
  try {
    return all(await Promise.all(results))
  } finally {
    end()
  }
}

function all(results: readonly Result<Served>[]): readonly Served[] {
  const errors = results.flatMap((result) => (result.ok ? [] : [result.error]))
  if (errors.length > 1) throw new SeveralError(errors)
  if (errors[0]) throw errors[0]
  return results.flatMap((result) => (result.ok ? [result.value] : []))
}
