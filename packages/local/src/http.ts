/** A request as it was received: `target` is not normalised, so that unusual names arrive as they were sent. */
export interface LocalRequest {
  readonly method: string
  /** Path and query, byte for byte. */
  readonly target: string
  readonly path: string
  /** What follows `?`, still encoded; empty when there is none. */
  readonly query: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** How many connections were open when this one was accepted, itself included. */
  readonly connection: number
  readonly body: string
}

/** How an answer reaches the client. */
export type Delivery =
  | { readonly kind: 'hang' | 'reset' | 'truncate' | 'garbage' }
  /** One byte of the body every `interval` milliseconds. */
  | { readonly kind: 'drip'; readonly interval: number }
  /** Pieces for as long as the client listens; what `open` returns is called when it is gone. */
  | { readonly kind: 'stream'; readonly open: (write: Write) => () => void }

/** Writes a piece; false when the client is behind and has to catch up before the next. */
export type Write = (piece: string) => boolean

/** What the stand-in answers. */
export interface LocalResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** How the bytes reach the client; absent = all at once. */
  readonly delivery?: Delivery
  /** Runs once the answer has been sent, for commands that close their own connection. */
  readonly afterwards?: () => void
}

/** One protocol of the stand-in: a function of the request, which needs no socket. */
export type Handler = (request: LocalRequest) => Promise<LocalResponse>

export const text = (status: number, body: string): LocalResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
})

export const json = (status: number, value: unknown): LocalResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})
