import type { ReadOptions } from '@secrets-cache/core'
import type { DeclaredKey } from '@secrets-cache/core/internal'
import { endLayer, type LayeredRequest, refuseConflicts, showFailure, showViews } from './layers.ts'
import { createLeasing, releaseWhenStreamed } from './lease.ts'
import type { Views } from './merge.ts'
import { remainingTime, type TimedContext } from './remaining-time.ts'

/** What the hooks need of Middy's request. */
export type HookRequest = LayeredRequest & { readonly context: TimedContext }

/** What the hooks need of a reader. */
export interface HookReader {
  readonly keys: readonly DeclaredKey[]
  readonly peek: () => Views | undefined
  readonly read: (options: ReadOptions) => Views | Promise<Views>
}

/** The hooks behind the middlewares and `withSecrets`. Middy's plugins print their names. */
export function hooksOf(name: string, reader: HookReader) {
  const leaseFor = createLeasing()

  const before = (request: HookRequest): undefined | Promise<undefined> => {
    try {
      const ready = reader.peek()
      if (!ready) return beforeLoaded(request)
      provide(request, ready)
      return undefined
    } catch (error) {
      return fail(request, error)
    }
  }

  function beforeLoaded(request: HookRequest): undefined | Promise<undefined> {
    refuseConflicts(request, reader.keys)
    const views = reader.read({ remainingMilliseconds: remainingTime(request.context) })
    if (views instanceof Promise) return provideLater(request, views)
    provide(request, views)
    return undefined
  }

  /** An async function of ours: Middy awaits only promises of its own realm. */
  async function provideLater(request: HookRequest, views: Promise<Views>): Promise<undefined> {
    try {
      provide(request, await views)
    } catch (error) {
      fail(request, error)
    }
  }

  function provide(request: HookRequest, views: Views): void {
    showViews(request, views, reader.keys).keepLease(leaseFor(request, views))
  }

  function fail(request: HookRequest, error: unknown): never {
    showFailure(request, reader.keys, error)
    throw error
  }

  // Neither returns anything: Middy would take it for the response.
  const after = (request: HookRequest): undefined => {
    const layer = endLayer(request)
    if (layer) releaseWhenStreamed(request.response, layer)
    return undefined
  }

  const onError = (request: HookRequest): undefined => {
    endLayer(request)?.release()
    return undefined
  }

  return {
    before: named(`${name}Before`, before),
    after: named(`${name}After`, after),
    onError: named(`${name}OnError`, onError),
  }
}

/** A function by the name that Middy's plugins print. */
function named<Hook extends (request: HookRequest) => unknown>(name: string, hook: Hook): Hook {
  return Object.defineProperty(hook, 'name', { value: name })
}
