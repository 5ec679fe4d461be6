import { setTimeout as sleep } from 'node:timers/promises'
import { canary, storedValue } from '../canary.ts'
import { mustAsk, mustFail, mustServe } from '../must.ts'
import type { Scenario } from '../scenario.ts'

/** There is a newer version, and the older one may no longer be served. */
const isRotated = { setUp: ({ rotate }) => rotate('db', 2) } as const satisfies Pick<Scenario, 'setUp'>

const servesNext: Scenario['expect'] = (outcome) => mustServe(outcome, storedValue('db', 2))

/** The bounds hold when the wall clock steps and when the process is frozen. */
export const time: readonly Scenario[] = [
  { name: 'time: past maxAge', given: 'expired', ...isRotated, expect: servesNext },
  {
    name: 'time: inside maxAge no request',
    given: 'warm',
    ...isRotated,
    expect: (outcome, backend) => {
      mustServe(outcome)
      mustAsk(backend, 1)
    },
  },
  {
    name: 'time: frozen for a day',
    given: 'warm',
    setUp: ({ rotate, pass }) => {
      rotate('db', 2)
      pass(86_400)
    },
    expect: servesNext,
  },
  {
    name: 'time: frozen for a day, then an outage',
    given: 'warm',
    setUp: ({ faults, pass }) => {
      pass(86_400)
      faults.status(500, canary)
    },
    expect: (outcome, { id }) => mustFail(outcome, 'SERVICE_FAILED', id('db')),
  },
  {
    name: 'time: the clock steps back an hour',
    given: 'warm',
    setUp: ({ rotate, pass }) => {
      rotate('db', 2)
      pass(-3_600)
    },
    expect: servesNext,
  },
  {
    name: 'time: the clock steps on an hour',
    given: 'warm',
    setUp: ({ rotate, pass }) => {
      rotate('db', 2)
      pass(3_600)
    },
    expect: servesNext,
  },
  {
    name: 'time: frozen with a request in flight',
    setUp: ({ faults }) => faults.slow(300),
    act: async (lambda, { pass }) => {
      const running = lambda.invoke()
      await sleep(100)
      pass(3_600)
      return running
    },
    expect: (outcome) => mustServe(outcome),
  },
  {
    name: 'time: loaded before a freeze is old after it',
    setUp: ({ faults }) => faults.slow(200, { times: 1 }),
    act: async (lambda, { pass, rotate }) => {
      const running = lambda.invoke()
      await sleep(50)
      pass(61)
      await running
      rotate('db', 2)
      return lambda.invoke()
    },
    expect: servesNext,
  },
  {
    name: 'time: maxAge 0 asks each time',
    times: { maxAge: 0 },
    given: 'warm',
    ...isRotated,
    expect: servesNext,
  },
  {
    name: 'time: maxAge infinite never asks again',
    times: { maxAge: Number.POSITIVE_INFINITY },
    given: 'warm',
    setUp: ({ pass }) => pass(86_400 * 365),
    expect: (outcome, backend) => {
      mustServe(outcome)
      mustAsk(backend, 1)
    },
  },
]
