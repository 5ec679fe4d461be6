import { deepStrictEqual, ok } from 'node:assert/strict'
import { canary, storedValue } from '../canary.ts'
import { mustAsk, mustServe } from '../must.ts'
import type { Outcome, Scenario } from '../scenario.ts'
import { as, inside } from './declared-as.ts'

/** Handlers of one process share what is fetched, never what they declare. */
export const sharing: readonly Scenario[] = [
  {
    name: 'two handlers: overlapping sets, each its own times',
    given: 'warm',
    act: async (lambda, backend) => {
      const long = await lambda.another({ one: 'db', two: 'key' }, { maxAge: 600 })
      const before = await long.invoke()
      backend.rotate('db', 2)
      backend.pass(61)
      const [short, still] = [await lambda.invoke(), await long.invoke()]
      ok(short.values?.['db'] === storedValue('db', 2), 'the shorter maxAge did not ask')
      ok(
        before.values?.['two'] === storedValue('key') && still.values?.['two'] === storedValue('key'),
        'another value',
      )
      ok(!('db' in Object(still.values)), "the other handler's key")
      return { values: { db: still.values?.['one'] }, isHung: false }
    },
    expect: (outcome) =>
      ok(String(outcome.values?.['db']).startsWith(storedValue('db', 0).slice(0, -1)), 'no value'),
  },
  {
    name: 'two handlers: one id as text and as JSON',
    setUp: ({ store }) => store('db', `{"a":{"b":["${canary}"]}}`),
    act: async (lambda) => {
      const other = await lambda.another({ db: as('json') })
      const [text, json] = await Promise.all([lambda.invoke(), other.invoke()])
      ok(inside(json.values, 'a')?.b?.[0] === canary, 'JSON is not read')
      return text
    },
    expect: (outcome) => mustServe(outcome, `{"a":{"b":["${canary}"]}}`),
  },
  {
    name: 'two handlers: one entry, one request',
    act: async (lambda) => {
      const other = await lambda.another({ again: 'db' })
      await Promise.all([lambda.invoke(), other.invoke()])
      return lambda.invoke()
    },
    expect: (outcome, backend) => {
      mustServe(outcome)
      mustAsk(backend, 1)
    },
  },
  {
    name: '25 values: each key its own',
    declares: Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`key${index}`, `many-${index}`])),
    setUp: ({ store }) => {
      for (let index = 0; index < 25; index++) store(`many-${index}`, storedValue(`many-${index}`))
    },
    expect: ({ error, values }: Outcome) => {
      ok(error === undefined, 'an error')
      const expected = Array.from({ length: 25 }, (_, index) => storedValue(`many-${index}`))
      deepStrictEqual(Object.values(values ?? {}).length, 25)
      ok(
        expected.every((value, index) => values?.[`key${index}`] === value),
        'a key has another value',
      )
    },
  },
]
