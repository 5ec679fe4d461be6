import { LocalError } from '../local-error.ts'
import {
  clearImmediate,
  clearInterval,
  queueMicrotask,
  setImmediate,
  setInterval,
  setTimeout,
} from '../real-timers.ts'

/** What an HTTP client waits with for its next turn, and not for a time: faked, it never sends a second request. */
const turns = { setImmediate, clearImmediate, queueMicrotask }
const names = Object.keys(turns) as (keyof typeof turns)[]

const globals = globalThis as Record<keyof typeof turns | 'setTimeout', unknown>

const CHECKED_EVERY = 90
/** Checks in a row at which nothing had moved: under a second, and a busy machine makes fewer of them. */
const CHECKS = 10

let running = 0
let restore = (): void => {}

/**
 * Runs something that does I/O while a test may have faked the timers. Turns are real for as long as it runs; times stay
 * faked. What waits for a faked time that nobody advances fails, and says so, rather than hang.
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
    // The test may have gone back to real timers meanwhile.
    if (globals.setTimeout !== timeout) return
    for (const name of names) if (globals[name] === turns[name]) globals[name] = before[name]
  }
}

/** Not by spreading: a global that is only looked at may load a module. */
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
