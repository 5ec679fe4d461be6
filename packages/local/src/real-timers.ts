import * as timers from 'node:timers'

// A test fakes timers for the code under test. The stand-in is a server beside it and must keep the real ones, so it
// takes them when it is imported, before a test begins.

/** Whether this is a fake of @sinonjs/fake-timers, as in Jest and Vitest: Jest can install it before any import. */
const isFake = (timer: unknown): boolean => typeof timer === 'function' && 'clock' in timer

const real = isFake(globalThis.setTimeout) ? timers : globalThis

export const { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } = real

export const queueMicrotask: typeof globalThis.queueMicrotask = isFake(globalThis.queueMicrotask)
  ? (callback) => void Promise.resolve().then(callback)
  : globalThis.queueMicrotask
