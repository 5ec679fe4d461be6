import type { DeclaredKey } from '../keys/declared-key.ts'
import type { ReaderContext } from '../keys/key-handle.ts'
import { isHitHeard, type OnEvent } from '../shared/events.ts'
import type { MakeViews, Views } from './make-views.ts'
import type { Served } from './serve-value.ts'

/** The last views of one reader, and when they may be given again without a look at any entry. */
export interface PreparedViews {
  /** The last views while every value in them is fresh: one look at the clock, whatever the number of values. */
  readonly peek: () => Views | undefined
  /** Keeps the views of what was served, with their bounds. */
  readonly prepare: (served: readonly Served[]) => Views
}

export function preparedViews(
  keys: readonly DeclaredKey[],
  makeViews: MakeViews,
  { cache, emit }: ReaderContext,
  onEvent: OnEvent | undefined,
): PreparedViews {
  let views: Views | undefined
  let from = 0
  let until = 0
  let epoch: number | undefined

  return {
    peek() {
      const now = cache.clock.now()
      if (!views || now < from || now >= until || epoch !== cache.epoch()) return undefined
      const ready = views
      if (isHitHeard(onEvent)) emitHits()
      return ready
    },
    prepare(served) {
      views = makeViews(served)
      from = Math.max(...served.map((one) => one.from))
      until = served.every(isStillCurrent) ? Math.min(...served.map((one) => one.until)) : 0
      epoch = cache.epoch()
      return views
    },
  }

  /** Whether nothing newer came for one key while the read waited for another. */
  function isStillCurrent({ loaded }: Served, index: number): boolean {
    const { state } = (keys[index] as DeclaredKey).entry
    return loaded ? state.loaded === loaded : state.failure !== undefined
  }

  function emitHits(): void {
    for (const { subject, entry } of keys) {
      const { loaded } = entry.state
      if (loaded)
        emit('hit', () => ({ ...subject, ageSeconds: (cache.clock.now() - loaded.loadedAt) / 1_000 }))
      else emit('fallback', () => subject)
    }
  }
}
