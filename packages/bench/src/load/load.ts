import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Arrivals } from './arrivals.ts'

/** One execution environment: it runs one invocation at a time. */
export interface Environment {
  readonly invoke: (event: unknown) => Promise<unknown>
  readonly close: () => unknown
}

/** How one invocation went. */
export interface Invocation {
  /** The number of its environment. */
  readonly environment: number
  /** From its arrival to its answer, the wait for a free environment included. */
  readonly milliseconds: number
  /** Whatever the handler threw. */
  readonly error?: Error
}

export interface LoadOptions {
  readonly arrivals: Arrivals
  readonly environments: readonly Environment[]
  /** How many times faster than the clock. @default 1 */
  readonly speed?: number
  /**
   * Who gets the next invocation of those that are free. Lambda prefers the one that became free last.
   * @default 'last free'
   */
  readonly next?: 'last free' | 'longest free'
  /** @default {} for each */
  readonly eventOf?: (number: number) => unknown
}

/**
 * Sends each arrival at its time, whatever has become of those before it (an open loop), to environments as Lambda
 * does: the first arrivals find none that has started, so each gets one of its own; from then on one that is free gets
 * the next. Who finds none free waits.
 */
export async function load({
  arrivals,
  environments,
  speed = 1,
  next = 'last free',
  eventOf = () => ({}),
}: LoadOptions): Promise<readonly Invocation[]> {
  const untouched = environments.map((_, number) => number).reverse()
  const free: number[] = []
  const waiting: ((number: number) => void)[] = []
  const takeFree = () => (next === 'last free' ? free.pop() : free.shift())
  const take = async () => untouched.pop() ?? takeFree() ?? new Promise<number>((got) => waiting.push(got))
  const giveBack = (number: number) => {
    const first = waiting.shift()
    if (first) first(number)
    else free.push(number)
  }

  async function invoke(event: unknown): Promise<Invocation> {
    const arrived = performance.now()
    const environment = await take()
    const report = () => ({ environment, milliseconds: performance.now() - arrived })
    try {
      await (environments[environment] as Environment).invoke(event)
      return report()
    } catch (error) {
      return { ...report(), error: error as Error }
    } finally {
      giveBack(environment)
    }
  }

  const start = performance.now()
  const running: Promise<Invocation>[] = []
  for (const [number, arrival] of arrivals.entries()) {
    const early = start + arrival / speed - performance.now()
    if (early > 0) await sleep(early)
    running.push(invoke(eventOf(number)))
  }
  return Promise.all(running)
}

/** So many environments, started one after the other, closed together. */
export async function environments(
  count: number,
  start: (number: number) => Environment | Promise<Environment>,
): Promise<readonly Environment[] & AsyncDisposable> {
  const started: Environment[] = []
  while (started.length < count) started.push(await start(started.length))
  return Object.assign(started, {
    async [Symbol.asyncDispose]() {
      await Promise.all(started.map((environment) => environment.close()))
    },
  })
}
