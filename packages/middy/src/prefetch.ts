import type { ReadOptions } from '@secrets-cache/core'
import type { DeclaredKey } from '@secrets-cache/core/internal'
import { createLeasing, endLease, type LeasedRequest, release } from './lease.ts'
import { assignViews, refuseConflicts, type ViewsOnContext } from './merge.ts'

/** What the hooks need of Middy's request. A durable context has Lambda's own inside. */
export interface HookRequest extends LeasedRequest {
  readonly context: ViewsOnContext & LambdaTime & { readonly lambdaContext?: LambdaTime }
}

interface LambdaTime {
  readonly getRemainingTimeInMillis?: () => number
}

function remainingTime({ context }: HookRequest): number | undefined {
  return context.getRemainingTimeInMillis?.() ?? context.lambdaContext?.getRemainingTimeInMillis?.()
}

/** What the hooks need of a reader. */
interface HookReader {
  readonly keys: readonly DeclaredKey[]
  readonly peek: () => ViewsOnContext | undefined
  readonly read: (options: ReadOptions) => ViewsOnContext | Promise<ViewsOnContext>
}

/** The hooks behind both middlewares. Middy's plugins print their names. */
export function prefetch(name: string, reader: HookReader) {
  const leaseFor = createLeasing()

  const before = (request: HookRequest): undefined | Promise<undefined> => {
    const ready = reader.peek()
    if (!ready) return beforeLoaded(request)
    provide(request, ready)
    return undefined
  }

  function beforeLoaded(request: HookRequest): undefined | Promise<undefined> {
    refuseConflicts(request, reader.keys)
    const views = reader.read({ remainingMilliseconds: remainingTime(request) })
    if (views instanceof Promise) return provideLater(request, views)
    provide(request, views)
    return undefined
  }

  /** An async function of ours: Middy awaits only promises of its own realm. */
  async function provideLater(request: HookRequest, views: Promise<ViewsOnContext>): Promise<undefined> {
    provide(request, await views)
  }

  function provide(request: HookRequest, views: ViewsOnContext): void {
    assignViews(request, views)
    leaseFor(request, views)
  }

  return {
    before: named(`${name}Before`, before),
    after: named(`${name}After`, endLease),
    onError: named(`${name}OnError`, release),
  }
}

/** A function by the name that Middy's plugins print. */
function named<Hook extends (request: HookRequest) => unknown>(name: string, hook: Hook): Hook {
  return Object.defineProperty(hook, 'name', { value: name })
}
