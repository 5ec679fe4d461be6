import { LocalError } from '../local-error.ts'
import {
  clearImmediate,
  clearInterval,
  queueMicrotask,
  setImmediate,
  setInterval,
  setTimeout,
} from '../real-timers.ts'

/** HTTP clients wait with these for the next turn of the event loop; with fakes they never send a second request. */
const turns = { setImmediate, clearImmediate, queueMicrotask }
const names = Object.keys(turns) as (keyof typeof turns)[]

const globals = globalThis as Record<keyof typeof turns | 'setTimeout', unknown>

const CHECKED_EVERY = 90
/** How many checks in a row must find no progress: together less than a second on an idle machine. */
const CHECKS = 10

let running = 0
let restore = (): void => {}

/**
 * Runs code that does I/O while a test may have faked the timers. `setImmediate` and `queueMicrotask` are real while it
 * runs; timeouts and the clock stay faked. If it waits for a timeout that nobody advances, it fails instead of hanging.
 * @param progress a number that changes whenever something happens.
 */
export const underFakeTimers = async <Result>(
  run: () => Promise<Result>,
  progress: () => number,
): Promise<Result> => {
  const areFaked = globals.setTimeout !== setTimeout || names.some((name) => globals[name] !== turns[name])
  if (!areFaked && running === 0) return run()
  if (running++ === 0) restore = makeTurnsReal()
  const standstill = watchForStandstill(progress)
  try {
    return await Promise.race([run(), standstill.promise])
  } finally {
    standstill.end()
    if (--running === 0) restore()
  }
}

const makeTurnsReal = (): (() => void) => {
  const { setTimeout: timeout, ...before } = pick()
  Object.assign(globals, turns)
  return () => {
    // The test may have restored the real timers in the meantime.
    if (globals.setTimeout !== timeout) return
    for (const name of names) if (globals[name] === turns[name]) globals[name] = before[name]
  }
}

/** Without spreading globalThis: reading some globals loads a module. */
const pick = (): typeof globals => {
  const {
    setTimeout: timeout,
    setImmediate: immediate,
    clearImmediate: clear,
    queueMicrotask: microtask,
  } = globals
  return { setTimeout: timeout, setImmediate: immediate, clearImmediate: clear, queueMicrotask: microtask }
}

const watchForStandstill = (progress: () => number) => {
  const { promise, reject } = Promise.withResolvers<never>()
  let seen = progress()
  let still = 0
  const timer = setInterval(() => {
    still = progress() === seen && globals.setTimeout !== setTimeout ? still + 1 : 0
    seen = progress()
    if (still < CHECKS) return
    clearInterval(timer)
    reject(new LocalError('FAKE_TIMERS', ADVICE))
  }, CHECKED_EVERY)
  return { promise, end: () => clearInterval(timer) }
}

const ADVICE =
  'invoke: the handler waits for a timer that this test has faked, and nobody advances it. Fake less ' +
  "(vi.useFakeTimers({ toFake: ['Date'] }), mock.timers.enable({ apis: ['Date'] }), or jest.useFakeTimers with " +
  "doNotFake: ['setTimeout', 'setInterval', ...]), or advance the timers before you await the answer."
