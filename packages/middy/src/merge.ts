import { ConfigurationError } from '@secrets-cache/core'
import { type DeclaredKey, handleIn, isSameDeclaration, mergeViews } from '@secrets-cache/core/internal'

export interface ViewsOnContext {
  secrets?: object
  parameters?: object
}

/** A request that a middleware of ours has already provided for. */
interface MarkedRequest {
  readonly context: ViewsOnContext
  [provided]?: boolean
}

/** On Middy's request, which is new each time; a context may be used again by a test, with an older view on it. */
const provided = Symbol.for('@secrets-cache/middy/provided')

const viewNames = ['secrets', 'parameters'] as const

/** Puts views on the context; where another middleware of this handler was first, both become one view. */
export function assignViews(request: MarkedRequest, views: ViewsOnContext): void {
  const { context } = request
  const isMerging = request[provided]
  request[provided] = true
  for (const name of viewNames) {
    const view = views[name]
    if (!view) continue
    const earlier = isMerging ? context[name] : undefined
    context[name] = earlier ? merged(earlier, view) : view
  }
}

const memo = new WeakMap<object, WeakMap<object, object>>()

/** One merged view per pair: while nothing changes, the same pair comes with each invocation. */
function merged(earlier: object, view: object): object {
  const bySecond = memo.get(earlier) ?? new WeakMap<object, object>()
  memo.set(earlier, bySecond)
  const known = bySecond.get(view) ?? mergeViews(earlier, view)
  bySecond.set(view, known)
  return known
}

/** One key cannot be two things. Refused before this middleware asks for anything. */
export function refuseConflicts(request: MarkedRequest, keys: readonly DeclaredKey[]): void {
  if (!request[provided]) return
  for (const declared of keys) {
    const other = handleIn(request.context[declared.view] ?? {}, declared.key)
    if (!other || isSameDeclaration(other.key, declared)) continue
    throw new ConfigurationError({
      key: declared.subject.key,
      reason: 'two middlewares of one handler declare it differently',
      remedy: 'Give one of them another key.',
    })
  }
}
