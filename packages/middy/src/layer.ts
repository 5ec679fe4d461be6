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
  readonly #request: EndingRequest
  readonly #below: Layer | undefined
  #context: LayeredContext | undefined
  #views: Views = {}
  #isOver = false
  #release: (() => void) | undefined

  constructor(request: EndingRequest, below: Layer | undefined) {
    this.#request = request
    this.#below = below
  }

  get below(): Layer | undefined {
    return this.#below
  }

  get views(): Views {
    return this.#views
  }

  /** Middy calls no `after` for a request that a `before` has answered early: its answer says that it is over. */
  isLive(): boolean {
    const { response, error } = this.#request
    return !this.#isOver && response === undefined && !error && !('earlyResponse' in this.#request)
  }

  show(views: Views, context: LayeredContext): void {
    this.#views = views
    this.#context = context
    context[layers] = this
    for (const name of viewNames) if (views[name]) context[name] = views[name]
  }

  /** Keeps what ends a lease until the request is over. */
  keepLease(release: () => void): void {
    const earlier = this.#release
    this.#release = earlier ? () => [earlier(), release()] : release
  }

  /** Ends the leases: what the request used may be disposed of. */
  release(): void {
    const release = this.#release
    this.#release = undefined
    release?.()
  }

  /** Nobody builds upon this layer any more. */
  close(): void {
    this.#isOver = true
  }

  /** Shows again what was there before. Without anything below, the views stay: a test may look at them. */
  remove(): void {
    this.#isOver = true
    const context = this.#context
    if (context?.[layers] !== this) return
    const below = liveLayer(this.#below)
    context[layers] = below
    if (!below) return
    for (const name of viewNames) {
      if (context[name] !== this.#views[name]) continue
      if (below.views[name]) context[name] = below.views[name]
      else delete context[name]
    }
  }
}

/** The uppermost layer whose request still runs. */
export function liveLayer(top: Layer | undefined): Layer | undefined {
  let layer = top
  while (layer && !layer.isLive()) layer = layer.below
  return layer
}
