import { ok } from 'node:assert/strict'
import { canary, canaryToken } from '../canary.ts'
import { mustAsk, mustAskAtMost, mustFail, mustName, mustServe, mustServeOrFail } from '../must.ts'
import type { Scenario } from '../scenario.ts'

const three = { db: 'db', key: 'key', other: 'other' }
const denied = ['ACCESS_DENIED', 'REFUSED']

/** The backend says no: to a name, to an action, to the token. */
export const refusals: readonly Scenario[] = [
  {
    name: 'denied: one of three is named, the others are kept',
    declares: three,
    setUp: ({ faults, id }) => faults.deny(id('key')),
    act: async (lambda, backend) => {
      const first = await lambda.invoke()
      mustFail(first, denied)
      mustName(first, backend.id('key'))
      ok(!(first.error as Error).message.includes(backend.id('other')), 'a good one is named')
      backend.pass(31)
      const before = backend.asked().length
      const second = await lambda.invoke()
      const again = backend.asked().slice(before)
      ok(
        again.every((id) => id === backend.id('key')),
        'a good one is asked again',
      )
      return second
    },
    expect: (outcome, { id }) => mustFail(outcome, denied, id('key')),
  },
  {
    name: 'missing: one of three is named',
    declares: { ...three, key: 'nowhere' },
    expect: (outcome, { id }) => {
      mustFail(outcome, ['NOT_FOUND', 'REFUSED'])
      mustName(outcome, id('nowhere'))
      ok(!(outcome.error as Error).message.includes(id('other')), 'a good one is named')
    },
  },
  {
    name: 'missing: all are named',
    declares: { one: 'nowhere', two: 'nowhere-else' },
    expect: (outcome, { id }) => {
      mustFail(outcome, 'SEVERAL')
      mustName(outcome, id('nowhere'))
      mustName(outcome, id('nowhere-else'))
    },
  },
  {
    name: 'denied: the batch action alone',
    kind: 'secret',
    declares: three,
    setUp: ({ faults }) => faults.deny('secretsmanager:BatchGetSecretValue'),
    expect: (outcome) => mustServe(outcome),
  },
  {
    name: 'denied: the key of KMS',
    setUp: ({ faults }) => faults.deny('kms:Decrypt'),
    expect: (outcome, { id }) =>
      mustFail(outcome, ['ACCESS_DENIED', 'REFUSED', 'DECRYPTION_FAILED'], id('db')),
  },
  {
    name: 'cannot be decrypted',
    setUp: ({ faults, id }) => faults.fail('DecryptionFailure', { at: 'aws', ids: id('db') }),
    expect: (outcome, { id }) => mustFail(outcome, ['DECRYPTION_FAILED', 'REFUSED'], id('db')),
  },
  {
    name: 'is being deleted',
    kind: 'secret',
    setUp: ({ faults, id }) => faults.fail('InvalidRequestException', { at: 'aws', ids: id('db') }),
    expect: (outcome, { id }) => mustFail(outcome, ['INVALID_REQUEST', 'REFUSED'], id('db')),
  },
  {
    name: 'denied on refresh: nothing stale',
    on: 'aws',
    given: 'expired',
    setUp: ({ faults, id }) => faults.deny(id('db')),
    expect: (outcome, { id }) => mustFail(outcome, 'ACCESS_DENIED', id('db')),
  },
  {
    name: 'deleted before the refresh: nothing stale',
    on: 'aws',
    given: 'expired',
    setUp: ({ local, id }) => local.account.delete(id('db')),
    expect: (outcome, { id }) => mustFail(outcome, ['NOT_FOUND', 'INVALID_REQUEST'], id('db')),
  },
  {
    name: 'an opaque 400 is asked again once, and no more',
    on: 'layer',
    setUp: ({ faults }) => faults.opaque(),
    expect: (outcome, backend) => {
      mustServeOrFail(outcome, backend, 'REFUSED')
      mustAsk(backend, backend.faces.length + 1)
    },
  },
  {
    name: 'token: there is none',
    on: 'layer',
    act: async (lambda, backend) => {
      delete process.env['AWS_SESSION_TOKEN']
      const outcome = await lambda.invoke()
      ok(
        backend.local.calls.layer.secretsmanager + backend.local.calls.layer.systemsmanager === 0,
        'it asked',
      )
      return outcome
    },
    expect: (outcome, backend) => mustServeOrFail(outcome, backend, 'TOKEN'),
  },
  {
    name: 'token: it is empty',
    on: 'layer',
    setUp: () => {
      process.env['AWS_SESSION_TOKEN'] = ''
    },
    expect: (outcome, backend) => {
      mustServeOrFail(outcome, backend, 'TOKEN')
      mustAskAtMost(backend, backend.faces.length - 1)
    },
  },
  {
    name: 'token: it would add a header',
    on: 'layer',
    setUp: () => {
      process.env['AWS_SESSION_TOKEN'] = `${canaryToken}\r\nX-Other: 1`
    },
    expect: (outcome, backend) => {
      if (backend.faces.length === 1) mustFail(outcome, 'TOKEN', backend.id('db'))
      mustAskAtMost(backend, backend.faces.length)
    },
  },
  {
    name: 'token: rotated between two invocations',
    on: 'layer',
    given: 'expired',
    setUp: ({ local }) => {
      const next = `${canary}-next-token`
      local.rotateToken(next)
      process.env['AWS_SESSION_TOKEN'] = next
    },
    expect: (outcome, backend) => {
      mustServe(outcome)
      mustAsk(backend, 2)
    },
  },
  {
    name: 'token: wrong',
    on: 'layer',
    setUp: ({ local }) => local.rotateToken(`${canary}-unknown-token`),
    expect: (outcome, backend) => {
      mustServeOrFail(outcome, backend, 'TOKEN')
      // The token is read again and tried once more; then the next source is asked, where there is one.
      mustAsk(backend, 1 + backend.faces.length)
    },
  },
]
