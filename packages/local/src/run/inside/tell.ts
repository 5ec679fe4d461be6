import { writeSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

/** What the function's process says to the one that runs it, a line of JSON each. */
export type Told =
  | { readonly kind: 'file'; readonly file: string }
  /** Milliseconds since INIT or the invocation began. */
  | { readonly kind: 'event'; readonly at: number; readonly event: CacheEvent }
  | { readonly kind: 'done'; readonly milliseconds: number }

/** An event of secrets-cache, as published; never with a value. */
export interface CacheEvent {
  readonly type: string
  readonly [field: string]: unknown
}

/** Beside stdin, stdout and stderr, which are the function's. */
export const TOLD = 3

/** At once: what is told before an answer must not be frozen on its way. */
export const tell = (told: Told): void => {
  writeSync(TOLD, `${JSON.stringify(told)}\n`)
}

let began = 0

/** From here on times are this invocation's. */
export const beginInvocation = (): void => {
  began = performance.now()
}

export const sinceBegin = (): number => performance.now() - began
