import { ok } from 'node:assert/strict'
import { arnOf } from '../backend.ts'
import { canary } from '../canary.ts'
import { mustAnswer, mustFail, mustServe } from '../must.ts'
import type { Scenario } from '../scenario.ts'
import { as, inside } from './declared-as.ts'

const odd = [
  'a?b',
  'a&secretId=x',
  'a#b',
  'a%2e%2e',
  'a/../b',
  'a+b c',
  'ümläut-日本-🔑',
  'a\'b"c',
  'a;b=c,d',
]
const long = canary.repeat(290)
const polluting = `{"a":1,"__proto__":{"isPolluted":"${canary}"}}`
const bytes = new Uint8Array([0, 255, 254, ...Buffer.from(canary), 10, 13])

/** JSON that JSON.parse accepts and changes without a word. */
const changedInSilence = {
  'a number that loses digits': `{"canary":"${canary}","id":9007199254740993}`,
  'a number that becomes Infinity': `{"canary":"${canary}","n":1e400}`,
  'a key that stands twice': `{"a":1,"a":"${canary}"}`,
}

/** Values are right or refused, and names reach AWS as they were declared. */
export const values: readonly Scenario[] = [
  ...odd.map(
    (name): Scenario => ({
      name: `name: ${name}`,
      declares: { db: name },
      expect: (outcome, { asked, id }) => {
        // AWS may refuse such a name; it only matters that exactly this name was asked for.
        mustAnswer(outcome)
        ok(asked().length > 0 && asked().every((one) => one === id(name)), 'another name was asked')
      },
    }),
  ),
  {
    name: 'name: an ARN',
    declares: { db: arnOf('db') },
    expect: (outcome) => mustServe(outcome),
  },
  {
    name: 'value: an empty text',
    kind: 'secret',
    setUp: ({ store }) => store('db', ''),
    expect: (outcome) => mustServe(outcome, ''),
  },
  {
    name: 'value: a text that looks like JSON stays a text',
    setUp: ({ store }) => store('db', `{"a":"${canary}"}`),
    expect: (outcome) => mustServe(outcome, `{"a":"${canary}"}`),
  },
  {
    name: 'value: as long as can be, and not ASCII',
    setUp: ({ store }) => store('db', `${long}🔑\u2028\u0000é`),
    expect: (outcome) => mustServe(outcome, `${long}🔑\u2028\u0000é`),
  },
  {
    name: 'value: bytes',
    kind: 'secret',
    declares: { db: as('binary') },
    setUp: ({ store }) => store('db', bytes),
    expect: ({ error, values }) => {
      ok(error === undefined, 'an error instead of bytes')
      const given = values?.['db']
      ok(given instanceof Uint8Array && Buffer.compare(given, bytes) === 0, 'other bytes')
    },
  },
  {
    name: 'value: bytes, declared as text',
    kind: 'secret',
    setUp: ({ store }) => store('db', bytes),
    expect: (outcome, { id }) => mustFail(outcome, 'WRONG_KIND', id('db')),
  },
  {
    name: 'value: a StringList',
    kind: 'parameter',
    declares: { db: as('list') },
    setUp: ({ store }) => store('db', [canary, 'b']),
    expect: ({ error, values }) => {
      ok(error === undefined, 'an error instead of a list')
      ok(JSON.stringify(values?.['db']) === JSON.stringify([canary, 'b']), 'not the list')
    },
  },
  {
    name: 'value: JSON',
    declares: { db: as('json') },
    setUp: ({ store }) => store('db', `{"a":{"b":["${canary}"]}}`),
    expect: ({ values }) => ok(inside(values, 'a')?.b?.[0] === canary, 'not what was stored'),
  },
  {
    name: 'value: declared as JSON, and is not',
    declares: { db: as('json') },
    setUp: ({ store }) => store('db', `{"a":"${canary}`),
    expect: (outcome, { id }) => mustFail(outcome, 'INVALID_JSON', id('db')),
  },
  {
    name: 'value: JSON that is not, past maxAge: the last readable',
    declares: { db: as('json') },
    given: 'cold',
    setUp: ({ store }) => store('db', `{"a":{"b":["${canary}"]}}`),
    act: async (lambda, { store, pass }) => {
      await lambda.invoke()
      store('db', canary)
      pass(61)
      return lambda.invoke()
    },
    expect: ({ values }) => ok(inside(values, 'a')?.b?.[0] === canary, 'not the last readable value'),
  },
  ...Object.entries(changedInSilence).map(
    ([name, stored]): Scenario => ({
      name: `value: ${name}`,
      declares: { db: as('json') },
      setUp: ({ store }) => store('db', stored),
      expect: (outcome, { id }) => mustFail(outcome, 'INVALID_JSON', id('db')),
    }),
  ),
  {
    name: 'value: __proto__ in JSON pollutes nothing',
    declares: { db: as('json') },
    setUp: ({ store }) => store('db', polluting),
    expect: ({ values }) => {
      ok(!('isPolluted' in {}), 'Object.prototype is polluted')
      const copy = Object.assign({}, values?.['db'])
      ok(!('isPolluted' in copy), 'a copy is polluted')
    },
  },
  {
    name: 'value: what a handler changes stays with it',
    declares: { db: as('json') },
    setUp: ({ store }) => store('db', `{"a":{"b":["${canary}"]}}`),
    act: async (lambda) => {
      const { values } = await lambda.invoke()
      try {
        inside(values, 'a')?.b?.splice(0, 1, 'changed')
      } catch {
        // The value is frozen, which is one way to protect it.
      }
      return lambda.invoke()
    },
    expect: ({ values }) => ok(inside(values, 'a')?.b?.[0] === canary, 'it was changed for the next'),
  },
  {
    name: 'value: bytes that a handler changes stay with it',
    kind: 'secret',
    declares: { db: as('binary') },
    setUp: ({ store }) => store('db', bytes),
    act: async (lambda) => {
      const { values } = await lambda.invoke()
      if (values?.['db'] instanceof Uint8Array) values['db'].fill(0)
      return lambda.invoke()
    },
    expect: ({ values }) => ok(Buffer.compare(Object(values?.['db']), bytes) === 0, 'they were changed'),
  },
]
