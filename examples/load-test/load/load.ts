import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Arrivals } from './arrivals.ts'

/** One execution environment: it runs one invocation at a time. */
export interface Environment {
  readonly invoke: (event: unknown) => Promise<unknown>
  readonly close: () => unknown
}

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
   * Which of the free environments gets the next invocation. Lambda prefers the one that became free last.
   * @default 'last free'
   */
  readonly next?: 'last free' | 'longest free'
}

/**
 * Sends each invocation at its time of arrival, without waiting for earlier ones to end (an open loop). As in Lambda,
 * each of the first arrivals gets an environment of its own; later ones get an environment that is free, or wait for one.
 */
export async function load({
  arrivals,
  environments,
  speed = 1,
  next = 'last free',
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

  async function invoke(): Promise<Invocation> {
    const arrived = performance.now()
    const environment = await take()
    const report = () => ({ environment, milliseconds: performance.now() - arrived })
    try {
      await (environments[environment] as Environment).invoke({})
      return report()
    } catch (error) {
      return { ...report(), error: error as Error }
    } finally {
      giveBack(environment)
    }
  }

  const start = performance.now()
  const running: Promise<Invocation>[] = []
  for (const arrival of arrivals) {
    const early = start + arrival / speed - performance.now()
    if (early > 0) await sleep(early)
    running.push(invoke())
  }
  return Promise.all(running)
}

/** Starts environments one after the other, and closes them together. */
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
