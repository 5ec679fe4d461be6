import { ok } from 'node:assert/strict'
import { mustFail, mustServe } from '../must.ts'
import type { Scenario } from '../scenario.ts'
import { as } from './declared-as.ts'

const fail = () => {
  throw new Error('a listener of the harness')
}

/** A listener that misbehaves, and an invocation that is served all the same. */
const misbehaving = (name: string, listener: () => unknown): Scenario => ({
  name: `listener: ${name}`,
  about: 'events',
  listener,
  act: async (lambda) => {
    await lambda.invoke()
    return lambda.invoke()
  },
  expect: (outcome, _, lambda) => {
    mustServe(outcome)
    ok(lambda.events.length > 0, 'it heard nothing')
  },
})

/** What others bring along may throw, reject or never end. */
export const listeners: readonly Scenario[] = [
  misbehaving('throws', fail),
  misbehaving('rejects', () => Promise.reject(new Error('a listener of the harness'))),
  misbehaving('gives a thenable that throws', () => Object.defineProperty({}, 'then', { value: fail })),
  misbehaving('never ends', () => new Promise(() => {})),
  {
    name: 'schema: never settles',
    about: 'schemas',
    declares: { db: as('hanging') },
    patience: 500,
    setUp: ({ store }) => store('db', '{}'),
    expect: (outcome, { id }) => mustFail(outcome, 'TIMEOUT', id('db')),
  },
]
