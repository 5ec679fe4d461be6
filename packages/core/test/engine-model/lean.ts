/**
 * What makes millions of sequences affordable: an abort without a DOMException, and errors without a stack. Both
 * behave as the real ones do for the engine; the directed tests run on the real ones.
 */
export function makeLean(): void {
  Error.stackTraceLimit = 0
  Object.defineProperty(globalThis, 'AbortController', { value: LeanAbortController })
}

class LeanAbortController {
  readonly signal = new LeanSignal()
  abort(): void {
    this.signal.abort()
  }
}

class LeanSignal {
  aborted = false
  readonly #listeners: (() => void)[] = []
  addEventListener(_type: string, listener: () => void): void {
    this.#listeners.push(listener)
  }
  abort(): void {
    if (this.aborted) return
    this.aborted = true
    for (const listener of this.#listeners) listener()
  }
}

/** An error of the library's kind, as another copy of it would throw it. */
function leanError(code: string, transient: boolean): object {
  const error = { code, transient, about: () => error }
  return Object.defineProperty(error, Symbol.for('@secrets-cache/core/error'), { value: true })
}

export const unreachable = { ok: false, error: leanError('UNREACHABLE', true) }
export const denied = { ok: false, error: leanError('ACCESS_DENIED', false) }
