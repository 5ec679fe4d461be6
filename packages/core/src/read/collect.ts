import type { Cache } from '../cache/cache.ts'
import { type SecretsCacheError, SeveralError } from '../errors/index.ts'
import type { Emit } from '../shared/events.ts'
import { startWait, type Wait } from '../shared/wait.ts'
import { lookAt, type Serve, serve, wantsLoad } from './serve.ts'
import type { Served, Serving } from './serving.ts'
import type { Slot } from './slot.ts'

/**
 * Serves all slots of one read. What is missing together is loaded together; the answer is synchronous where nobody
 * has to wait. Throws, or rejects, with the error of the one key that failed, or with all of them.
 */
export function collect(
  slots: readonly Slot[],
  cache: Cache,
  emit: Emit,
  waitMilliseconds: number,
): readonly Serving[] | Promise<readonly Serving[]> {
  let wait: Wait | undefined
  const by: Serve = {
    cache,
    emit,
    wait: () => {
      if (waitMilliseconds > 0) wait ??= startWait(cache.clock, cache.limits, waitMilliseconds)
      return wait
    },
  }
  const states = slots.map((slot) => lookAt(slot, by))
  if (waitMilliseconds > 0) {
    const wanted = slots.filter((slot, index) =>
      wantsLoad(slot, states[index] as (typeof states)[number], by),
    )
    cache.load(
      wanted.map(({ entry }) => entry),
      emit,
    )
  }
  const served = slots.map((slot, index) => serve(slot, states[index] as (typeof states)[number], by))
  return served.some((one) => one instanceof Promise)
    ? later(served, () => wait?.end())
    : all(served as Served[])
}

async function later(
  served: readonly (Served | Promise<Served>)[],
  end: () => void,
): Promise<readonly Serving[]> {
  try {
    return all(await Promise.all(served))
  } finally {
    end()
  }
}

function all(served: readonly Served[]): readonly Serving[] {
  const errors = served.flatMap((one): SecretsCacheError[] => ('error' in one ? [one.error] : []))
  if (errors.length > 1) throw new SeveralError(errors)
  if (errors[0]) throw errors[0]
  return served.map((one) => (one as { serving: Serving }).serving)
}
