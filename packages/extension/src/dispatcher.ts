/**
 * The methods that are used of an undici dispatcher (undici 7 or later): a Client, Pool, Agent, MockAgent or a composed
 * dispatcher fits. The shape is stated here so that a user needs no types of undici.
 */
export interface Dispatcher {
  dispatch(options: DispatchOptions, handler: DispatchHandler): boolean
}

/** One request; always a GET to loopback. */
export interface DispatchOptions {
  readonly origin: string
  readonly path: string
  readonly method: 'GET'
  readonly headers: Record<string, string>
  /** 0: the load's own deadline bounds the request. */
  readonly headersTimeout: number
  readonly bodyTimeout: number
}

export interface DispatchController {
  abort(reason: Error): void
}

/** The callbacks of a dispatcher. A repeated `onResponseStart` begins the response again. */
export interface DispatchHandler {
  onRequestStart(controller: DispatchController, context: unknown): void
  onResponseStart(controller: DispatchController, status: number, headers: ResponseHeaders): void
  onResponseData(controller: DispatchController, chunk: Uint8Array): void
  onResponseEnd(controller: DispatchController, trailers: ResponseHeaders): void
  onResponseError(controller: DispatchController, error: Error): void
}

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
