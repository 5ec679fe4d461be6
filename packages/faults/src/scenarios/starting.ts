import { setTimeout as sleep } from 'node:timers/promises'
import { storedValue } from '../canary.ts'
import { mustAsk, mustFail, mustServe } from '../must.ts'
import type { Scenario } from '../scenario.ts'
import { manyAtOnce } from './many-at-once.ts'

/** A cold environment, and a backend that is not there yet. */
export const starting: readonly Scenario[] = [
  {
    name: 'cold: the port refuses for a while',
    on: 'layer',
    setUp: ({ faults }) => faults.refuse({ milliseconds: 150 }),
    expect: (outcome) => mustServe(outcome),
  },
  {
    name: 'cold: the port refuses for ever',
    setUp: ({ faults }) => faults.refuse(),
    expect: (outcome, { id }) => mustFail(outcome, 'UNREACHABLE', id('db')),
  },
  {
    name: 'cold: refused once, then there',
    setUp: ({ faults }) => faults.refuse(),
    act: async (lambda, { faults, pass }) => {
      await lambda.invoke()
      await faults.accept()
      pass(31)
      return lambda.invoke()
    },
    expect: (outcome) => mustServe(outcome),
  },
  {
    name: 'cold: not ready in the first INVOKE',
    on: 'layer',
    setUp: ({ faults }) => faults.notReady({ times: 5 }),
    expect: (outcome, backend) => {
      mustServe(outcome)
      mustAsk(backend, 6)
    },
  },
  {
    name: 'cold: not ready for ever',
    on: 'layer',
    patience: 300,
    setUp: ({ faults }) => faults.notReady(),
    expect: (outcome, { id }) => mustFail(outcome, 'TIMEOUT', id('db')),
  },
  {
    name: 'cold: not ready, in other words',
    on: 'layer',
    patience: 300,
    setUp: ({ faults }) =>
      faults.status(400, '{"message":"Not ready to serve traffic, please wait a while."}'),
    expect: (outcome, { id }) => mustFail(outcome, 'TIMEOUT', id('db')),
  },
  {
    name: 'INIT: the layer is not called',
    on: 'layer',
    act: async (lambda, backend) => {
      await sleep(30)
      mustAsk(backend, 0)
      return lambda.invoke()
    },
    expect: (outcome) => mustServe(outcome),
  },
  {
    name: 'INIT: prefetch fails, the first INVOKE asks again',
    on: 'aws',
    setUp: ({ faults, id }) => faults.deny(id('db'), { times: 1 }),
    act: async (lambda, { calls }) => {
      for (let turn = 0; turn < 30 && calls() === 0; turn++) await sleep(10)
      await sleep(20)
      return lambda.invoke()
    },
    expect: (outcome) => mustServe(outcome),
  },
  {
    name: 'cold: slow, but within the time',
    setUp: ({ faults }) => faults.slow(100),
    expect: (outcome) => mustServe(outcome),
  },
  {
    name: 'cold: 1,000 invocations at once',
    act: manyAtOnce(1_000),
    expect: (outcome, backend) => {
      mustServe(outcome)
      mustAsk(backend, 1)
    },
  },
  {
    name: 'expired: 1,000 invocations at once',
    given: 'expired',
    setUp: ({ rotate }) => rotate('db', 2),
    act: manyAtOnce(1_000),
    expect: (outcome, backend) => {
      mustServe(outcome, storedValue('db', 2))
      mustAsk(backend, 2)
    },
  },
]
