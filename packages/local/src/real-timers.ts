import * as timers from 'node:timers'

// A test that fakes timers means those of its own code. The stand-in is a server and goes on by the real ones: these
// are taken when the package is imported, which is before a test begins.

/** A fake of @sinonjs/fake-timers, which Jest and Vitest use, has its clock; Jest can set it up before any import. */
const isFake = (timer: unknown): boolean => typeof timer === 'function' && 'clock' in timer

const real = isFake(globalThis.setTimeout) ? timers : globalThis

export const { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } = real

export const queueMicrotask: typeof globalThis.queueMicrotask = isFake(globalThis.queueMicrotask)
  ? (callback) => void Promise.resolve().then(callback)
  : globalThis.queueMicrotask
