import type { Delivery } from './deliver.ts'

/** A request as it came off the socket: `target` is not normalised, so that odd names arrive as they were sent. */
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

export interface LocalResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** How the bytes reach the client; absent = at once and whole. */
  readonly delivery?: Delivery
  /** Runs once the answer has left, for commands that take the socket away from under themselves. */
  readonly afterwards?: () => void
}

/** One protocol of the stand-in: pure, so that it can be asked without a socket. */
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
