import { writeSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

/** Messages from the function's process to the one that started it, one line of JSON each. */
export type Told =
  | { readonly kind: 'file'; readonly file: string }
  /** Milliseconds since INIT or the invocation began. */
  | { readonly kind: 'event'; readonly at: number; readonly event: CacheEvent }
  | { readonly kind: 'done'; readonly milliseconds: number }

/** An event of secrets-cache as it is published; it never contains a value. */
export interface CacheEvent {
  readonly type: string
  readonly [field: string]: unknown
}

/** The file descriptor for these messages; 0, 1 and 2 belong to the function. */
export const TOLD = 3

/** Written synchronously: the process may be frozen right after its answer. */
export const tell = (told: Told): void => {
  writeSync(TOLD, `${JSON.stringify(told)}\n`)
}

let began = 0

/** Starts the clock of an invocation. */
export const beginInvocation = (): void => {
  began = performance.now()
}

export const sinceBegin = (): number => performance.now() - began
