import { ConfigurationError, ForeignViewError } from '@secrets-cache/core'
import { type DeclaredKey, viewRecord } from '@secrets-cache/core/internal'
import { failedView } from './failed-view.ts'
import { type EndingRequest, Layer, type LayeredContext, layers, liveLayer } from './layer.ts'
import { mergeAll, refuseDifferent, type Views, viewNames } from './merge.ts'

/** What is used of Middy's request. */
export interface LayeredRequest extends EndingRequest {
  context: LayeredContext
  [ownLayer]?: Layer
}

/** On a request that a middleware of ours has already provided for: its layer. */
const ownLayer = Symbol.for('@secrets-cache/middy/layer')

/** Puts views on the context, together with those of earlier middlewares and of the request around this one. */
export function showViews(request: LayeredRequest, views: Views, keys: readonly DeclaredKey[]): Layer {
  const earlier = earlierViews(request)
  return show(request, earlier ? mergeAll(earlier, views, keys) : views)
}

/** Refuses, before anything is asked, a key that an earlier middleware declares differently. */
export function refuseConflicts(request: LayeredRequest, keys: readonly DeclaredKey[]): void {
  const earlier = earlierViews(request)
  if (earlier) refuseDifferent(earlier, keys)
}

/** The keys could not be loaded: who reads one gets the error. */
export function showFailure(request: LayeredRequest, keys: readonly DeclaredKey[], error: unknown): void {
  try {
    const earlier = layerUnder(request)?.views
    const failed = viewNames.flatMap((name) => {
      const own = keys.filter(({ view }) => view === name).map(({ key }) => key)
      return own.length > 0 ? [[name, failedView(earlier?.[name], own, error)]] : []
    })
    show(request, { ...earlier, ...Object.fromEntries(failed) }).close()
  } catch {
    // A context that nothing can be put on: the error itself says so.
  }
}

/** The request is over: its layer, without its views. */
export function endLayer(request: LayeredRequest): Layer | undefined {
  const layer = request[ownLayer]
  layer?.remove()
  return layer
}

function show(request: LayeredRequest, views: Views): Layer {
  const layer = request[ownLayer] ?? new Layer(request, liveLayer(request.context[layers]))
  request[ownLayer] = layer
  try {
    layer.show(views, request.context)
    return layer
  } catch {
    // To ask this beforehand would cost each invocation more than to try.
    if (!Object.isExtensible(request.context)) {
      request.context = copyOf(request.context)
      return show(request, views)
    }
    throw new ConfigurationError({
      reason: 'context.secrets or context.parameters cannot be written',
      remedy: 'Give the handler a context on which they can be set.',
    })
  }
}

/** Nothing can be added to a frozen context, which only a test has; the handler and later middlewares get the copy. */
function copyOf(context: LayeredContext): LayeredContext {
  return Object.assign(Object.create(Object.getPrototypeOf(context)), context)
}

/** What this request's views are added to: those of its earlier middlewares, or of the request around it. */
function layerUnder(request: LayeredRequest): Layer | undefined {
  return request[ownLayer] ?? liveLayer(request.context[layers])
}

function earlierViews(request: LayeredRequest): Views | undefined {
  const layer = layerUnder(request)
  if (!layer) return undefined
  const views: { -readonly [Name in keyof Views]: Views[Name] } = {}
  for (const name of viewNames) {
    const [shown, found] = [layer.views[name], request.context[name] as unknown]
    if (!shown) continue
    if (shown !== found && !isView(found)) throw replaced(name, found)
    views[name] = found as object
  }
  return views
}

function isView(candidate: unknown): boolean {
  return typeof candidate === 'object' && candidate !== null && viewRecord(candidate) !== undefined
}

function replaced(name: string, found: unknown): ForeignViewError {
  const what =
    found === undefined || found === null ? String(found) : `${typeof found} that no middleware made`
  return new ForeignViewError({
    reason: `context.${name} was replaced between two middlewares: it is ${what}`,
    remedy: `Leave context.${name} as it is, and put other values under another name of the context.`,
  })
}
