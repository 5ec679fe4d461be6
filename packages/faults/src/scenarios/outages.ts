import { setTimeout as sleep } from 'node:timers/promises'
import type { Backend } from '../backend.ts'
import { canary, storedValue } from '../canary.ts'
import { mustAskAtMost, mustFail, mustServe } from '../must.ts'
import type { Scenario } from '../scenario.ts'

/** The ways in which a backend can fail while an older value is cached. */
const outage: Readonly<Record<string, (backend: Backend) => unknown>> = {
  refused: ({ faults }) => faults.refuse(),
  'failing with 500': ({ faults }) => faults.status(500, canary),
  throttled: ({ faults }) => faults.fail('ThrottlingException', { at: 'aws' }),
  hanging: ({ faults }) => faults.hang(),
  dripping: ({ faults }) => faults.drip({ intervalMilliseconds: 50 }),
  'cut off': ({ faults }) => faults.truncate(),
  reset: ({ faults }) => faults.reset(),
  'another program': ({ faults }) => faults.garbage(),
  redirected: ({ faults }) => faults.redirect('http://127.0.0.1:1/'),
  'no JSON': ({ faults }) => faults.respond({ status: 200, body: canary }),
  'without a value': ({ faults }) => faults.respond({ status: 200, body: '{}' }),
  'refusing the token': ({ faults }) => faults.status(403, 'Bad Token'),
}

/** Between maxAge and staleIfError the older value is served, for a bounded time and with a bounded number of calls. */
export const outages: readonly Scenario[] = [
  ...Object.entries(outage).map(
    ([name, setUp]): Scenario => ({
      name: `expired: ${name}`,
      given: 'expired',
      patience: 300,
      setUp,
      expect: (outcome) => mustServe(outcome),
    }),
  ),
  {
    name: 'expired: not ready',
    on: 'layer',
    given: 'expired',
    patience: 300,
    setUp: ({ faults }) => faults.notReady(),
    expect: (outcome) => mustServe(outcome),
  },
  {
    name: 'outage: 50 invocations ask a few times',
    given: 'expired',
    setUp: ({ faults }) => faults.status(500, canary),
    act: async (lambda) => {
      for (let turn = 0; turn < 49; turn++) await lambda.invoke()
      return lambda.invoke()
    },
    expect: (outcome, backend) => {
      mustServe(outcome)
      // One load: firstOf asks both sources, and the SDK tries three times.
      mustAskAtMost(backend, 1 + 4)
    },
  },
  {
    name: 'outage: past staleIfError nothing old',
    given: 'expired',
    setUp: ({ faults, pass }) => {
      faults.status(500, canary)
      pass(601)
    },
    expect: (outcome, { id }) => mustFail(outcome, 'SERVICE_FAILED', id('db')),
  },
  {
    name: 'outage: its end is noticed',
    given: 'expired',
    setUp: ({ faults }) => faults.status(500, canary),
    act: async (lambda, { faults, rotate, pass }) => {
      await lambda.invoke()
      await faults.clear()
      rotate('db', 2)
      pass(31)
      return lambda.invoke()
    },
    expect: (outcome) => mustServe(outcome, storedValue('db', 2)),
  },
  {
    name: 'refresh in the background fails, the next works',
    given: 'expired',
    times: { staleWhileRevalidate: 300 },
    setUp: ({ faults }) => faults.reset(),
    act: async (lambda, { faults, rotate, pass }) => {
      const first = await lambda.invoke()
      if (first.error !== undefined) return first
      await sleep(300)
      await faults.clear()
      rotate('db', 2)
      pass(31)
      for (let turn = 0; turn < 200; turn++) {
        const { values, ...rest } = await lambda.invoke()
        if (values?.['db'] !== storedValue('db')) return { values: values ?? {}, ...rest }
        await sleep(20)
      }
      return lambda.invoke()
    },
    expect: (outcome) => mustServe(outcome, storedValue('db', 2)),
  },
  {
    name: 'expired, 10 ms left: the value and no request',
    patience: 1_000,
    given: 'expired',
    setUp: ({ faults }) => faults.hang(),
    act: async (lambda, backend) => {
      const before = backend.calls()
      const outcome = await lambda.invoke(10)
      return backend.calls() === before ? outcome : { isHung: false, error: new Error('it asked') }
    },
    expect: (outcome) => mustServe(outcome),
  },
  {
    name: 'a waiter that gives up does not end the load',
    act: async (lambda, { faults }) => {
      faults.slow(400)
      const hasty = lambda.invoke(150)
      const patient = lambda.invoke()
      const { error } = await hasty
      return error === undefined ? { isHung: false, error: new Error('it waited') } : patient
    },
    expect: (outcome) => mustServe(outcome),
  },
]
