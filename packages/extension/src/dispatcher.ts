/**
 * The methods that are used of an undici dispatcher (undici 7 or later): a Client, Pool, Agent, MockAgent or a composed
 * dispatcher fits. The shape is stated here so that a user needs no types of undici.
 */
export interface Dispatcher {
  /** Sends a request; its answer goes to the handler. False where the dispatcher is busy, which is no error. */
  dispatch(options: DispatchOptions, handler: DispatchHandler): boolean
}

/** One request; always a GET to loopback. */
export interface DispatchOptions {
  /** `http://127.0.0.1:2773`. */
  readonly origin: string
  /** The path with its query, encoded. */
  readonly path: string
  /** Nothing is ever changed. */
  readonly method: 'GET'
  /** The token among them. */
  readonly headers: Record<string, string>
  /** 0: the load's own deadline bounds the request. */
  readonly headersTimeout: number
  /** 0, for the same reason. */
  readonly bodyTimeout: number
}

/** What a handler can do about a request while it runs. */
export interface DispatchController {
  /** Ends the request; `onResponseError` gets the reason. */
  abort(reason: Error): void
}

/** The callbacks of a dispatcher. A repeated `onResponseStart` begins the response again. */
export interface DispatchHandler {
  /** The request goes onto a connection. */
  onRequestStart(controller: DispatchController, context: unknown): void
  /** Status and headers are there. */
  onResponseStart(controller: DispatchController, status: number, headers: ResponseHeaders): void
  /** A piece of the body. */
  onResponseData(controller: DispatchController, chunk: Uint8Array): void
  /** The answer is complete. */
  onResponseEnd(controller: DispatchController, trailers: ResponseHeaders): void
  /** There is no answer, or it broke off. */
  onResponseError(controller: DispatchController, error: Error): void
}

/** Headers by their lower-case names; several of one name are a list. */
export type ResponseHeaders = Record<string, string | string[] | undefined>

const numbers = new WeakMap<Dispatcher, number>()
let last = 0

/** A different number for each dispatcher: two dispatchers may reach two accounts. */
export function numberOf(dispatcher: Dispatcher): number {
  const known = numbers.get(dispatcher)
  if (known !== undefined) return known
  numbers.set(dispatcher, ++last)
  return last
}
