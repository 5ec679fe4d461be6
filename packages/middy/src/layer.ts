import { type Views, viewNames } from './merge.ts'

/** What is looked at of Middy's request to know whether it is over. */
export interface EndingRequest {
  readonly response?: unknown
  readonly error?: unknown
}

/** On a context: the layer that it shows now. Every copy of this package finds it. */
export const layers = Symbol.for('@secrets-cache/middy/layers')

/** A context that views can be put on. */
export type LayeredContext = { -readonly [Name in keyof Views]: Views[Name] } & {
  [layers]?: Layer | undefined
}

/**
 * What one request shows on its context. The middlewares of a route run inside the request of the router: another
 * request, with the same context. Tests may also run invocations side by side with one context. So each request has a
 * layer of its own, above those that were there, and it is taken away when the request ends.
 *
 * A layer is found by printing a context, so it keeps everything in private fields: a request holds the event.
 */
export class Layer {
  // One private field for all costs an invocation less than one for each.
  readonly #state: State

  constructor(request: EndingRequest, below: Layer | undefined) {
    this.#state = { request, below, context: undefined, views: noViews, isOver: false, release: undefined }
  }

  get below(): Layer | undefined {
    return this.#state.below
  }

  get views(): Views {
    return this.#state.views
  }

  /** Middy calls no `after` for a request that a `before` has answered early: its answer says that it is over. */
  isLive(): boolean {
    const { request, isOver } = this.#state
    return !isOver && request.response === undefined && !request.error && !('earlyResponse' in request)
  }

  show(views: Views, context: LayeredContext): void {
    this.#state.views = views
    this.#state.context = context
    context[layers] = this
    if (views.secrets) context.secrets = views.secrets
    if (views.parameters) context.parameters = views.parameters
  }

  /** Keeps what ends a lease until the request is over. */
  keepLease(release: () => void): void {
    const earlier = this.#state.release
    this.#state.release = earlier ? () => [earlier(), release()] : release
  }

  /** Ends the leases: what the request used may be disposed of. */
  release(): void {
    const { release } = this.#state
    this.#state.release = undefined
    release?.()
  }

  /** Nothing is added to this layer any more. */
  close(): void {
    this.#state.isOver = true
  }

  /** Shows again what was there before. With nothing below, the views stay: a test may look at them. */
  remove(): void {
    this.#state.isOver = true
    const { context, views } = this.#state
    if (context?.[layers] !== this) return
    const below = liveLayer(this.#state.below)
    if (!below) return
    context[layers] = below
    for (const name of viewNames) {
      if (context[name] !== views[name]) continue
      if (below.views[name]) context[name] = below.views[name]
      else delete context[name]
    }
  }
}

interface State {
  readonly request: EndingRequest
  readonly below: Layer | undefined
  context: LayeredContext | undefined
  views: Views
  isOver: boolean
  release: (() => void) | undefined
}

const noViews: Views = {}

/** The uppermost layer whose request still runs. */
export function liveLayer(top: Layer | undefined): Layer | undefined {
  let layer = top
  while (layer && !layer.isLive()) layer = layer.below
  return layer
}
