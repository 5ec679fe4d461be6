import { describe, expect, it } from '@jest/globals'
import {
  binary,
  createSecrets,
  defineParameters,
  defineSecrets,
  json,
  list,
  pick,
  type Source,
  text,
  tree,
  UnsupportedError,
} from '@secrets-cache/core'
import { createCache, memorySource } from '@secrets-cache/core/testing'
import { type } from 'arktype'
import { z } from 'zod'
import { isDeclared } from '../../src/declare/declare.ts'
import { type Reference, referenceKey } from '../../src/declare/reference.ts'

const source = memorySource({})
// biome-ignore lint/suspicious/noExplicitAny: what plain JavaScript may pass
const make = (options: any) => () =>
  createSecrets({ source, cache: createCache(), prefetch: false, ...options })

describe('createSecrets', () => {
  it.each([
    [{ secretz: { a: 'b' } }, 'createSecrets has no option "secretz". Did you mean "secrets"?'],
    [{ secrets: { a: 'b' }, maxage: 1 }, 'Did you mean "maxAge"?'],
    [{ secrets: { a: 'b' }, staleIfErrors: 1 }, 'Did you mean "staleIfError"?'],
    [{ secrets: { a: 'b' }, timeout: 5 }, 'Did you mean "timeoutMilliseconds"?'],
    [{ secrets: { a: 'b' }, bananas: 1 }, 'It has secrets, parameters, source, maxAge'],
    [
      { secrets: { a: 'b' }, maxAge: -1 },
      'createSecrets: maxAge is -1. Give seconds (not milliseconds) as a number from 0 to 86400, which is a day, or Infinity.',
    ],
    [{ secrets: { a: 'b' }, maxAge: '300' }, 'maxAge is a string'],
    [{ secrets: { a: 'b' }, maxAge: Number.NaN }, 'maxAge is NaN'],
    [{ secrets: { a: 'b' }, staleWhileRevalidate: null }, 'staleWhileRevalidate is null'],
    [{ secrets: { a: 'b' }, staleIfError: [] }, 'staleIfError is an array'],
    [{ secrets: { a: 'b' }, staleIfError: true }, 'staleIfError is true'],
    [
      { secrets: { a: 'b' }, timeoutMilliseconds: Number.POSITIVE_INFINITY },
      'timeoutMilliseconds is Infinity',
    ],
    [{ secrets: { a: 'b' }, timeoutMilliseconds: 'soon' }, 'Give milliseconds as a number from 0 up.'],
    [{ secrets: { a: 'b' }, prefetch: 'yes' }, 'prefetch is a string. Give true or false.'],
    [{ secrets: { a: 'b' }, onEvent: {} }, 'onEvent is an object. Give a function.'],
    [
      { secrets: { a: 'b' }, source: undefined },
      'source is undefined. Give extension(), direct(), sdk(), or',
    ],
    [{ secrets: { a: 'b' }, source: { name: 1, identity: 'x', fetch: () => [] } }, 'source is an object'],
    [{ secrets: { a: 'b' }, source: { name: 'x', identity: 1, fetch: () => [] } }, 'source is an object'],
    [{ secrets: { a: 'b' }, source: { name: 'x', identity: 'x', fetch: 1 } }, 'source is an object'],
    [
      { secrets: { a: 'b' }, cache: [] },
      'createSecrets: cache is an array. Give createCache() of @secrets-cache/core/testing.',
    ],
    [{ secrets: { a: 'b' }, cache: null }, 'cache is null'],
    [{ secrets: { a: 'b' }, cache: { load: () => {} } }, 'cache is an object'],
    [{ secrets: { a: 'b' }, cache: { entries: createCache().entries } }, 'cache is an object'],
    [{ secrets: { a: 'b' }, cache: { load: () => {}, entries: {} } }, 'cache is an object'],
    [
      { secrets: {} },
      "secrets declares nothing. Declare { db: json('prod/orders/db'), stripe: 'prod/stripe/key' }.",
    ],
    [
      { parameters: {} },
      "parameters declares nothing. Declare { config: json('/prod/orders/config'), hosts: list(",
    ],
    [{ secrets: [] }, 'secrets is an array'],
    [{ secrets: 'prod/db' }, 'secrets is a string'],
    [{ secrets: new Map() }, 'secrets is an object'],
    [{ parameters: () => 1 }, 'parameters is a function'],
    [{ secrets: { db: 5 } }, 'secrets.db is 5'],
    [{ secrets: { db: undefined } }, 'secrets.db is undefined'],
    [{ secrets: { db: { id: 'x' } } }, 'secrets.db is an object'],
    [{ secrets: { db: '' } }, 'the name is an empty string'],
    [{ secrets: { db: text(7 as never) } }, 'the name is 7'],
    [{ secrets: { db: 'a\r\nb' } }, 'the name holds a control character'],
    [{ secrets: { db: 'a\0b' } }, 'the name holds a control character'],
    [{ secrets: { db: 'a\u0085b' } }, 'the name holds a control character'],
    [{ secrets: { db: 'a\ud800b' } }, 'half a surrogate pair'],
    [{ secrets: { db: 'a\x7fb' } }, 'the name holds a control character'],
    [{ secrets: { db: 'a\x9fb' } }, 'the name holds a control character'],
    [
      { secrets: { hosts: list('/hosts') as never } },
      'list() cannot be read from secrets. There it is text, json or binary.',
    ],
    [{ secrets: { all: tree('/all') as never } }, 'tree() cannot be read from secrets'],
    [
      { parameters: { b: binary('/b') as never } },
      'binary() cannot be read from parameters. There it is text, json, list or tree.',
    ],
    [{ parameters: { a: text('/a', { stage: 'AWSPREVIOUS' }) } }, 'parameters.a has no option "stage"'],
    [{ secrets: { a: text('a', { label: 'x' }) } }, 'secrets.a has no option "label"'],
    [{ secrets: { a: text('a', { stag: 'x' } as never) } }, 'Did you mean "stage"?'],
    [{ secrets: { a: text('a', { stage: '' }) } }, 'stage is an empty string'],
    [
      { secrets: { a: text('a', { stage: 'a\nb' }) } },
      'stage is a string. Give a printable text that is not empty.',
    ],
    [{ secrets: { a: text('a', { versionId: 1 as never }) } }, 'versionId is 1'],
    [{ secrets: { a: text('a', 5 as never) } }, 'secrets.a is 5'],
    [{ parameters: { a: text('/a', { label: '' }) } }, 'label is an empty string'],
    [{ parameters: { a: text('/a', { version: 0 }) } }, 'version is 0. Give a whole number from 1 up.'],
    [{ parameters: { a: text('/a', { version: 1.5 }) } }, 'version is 1.5'],
    [
      { parameters: { a: text('/a', { version: 1, label: 'x' }) } },
      'both version and label are given. Give one of them.',
    ],
    [
      { parameters: { a: text('/a', { decrypt: 'no' as never }) } },
      'decrypt is a string. Give true or false.',
    ],
    [{ parameters: { a: text('/a', { maxAge: -5 }) } }, 'parameters.a: maxAge is -5'],
    [{ parameters: { a: tree('a') } }, 'the path has no leading slash. Write "/prod/orders".'],
    [{ parameters: { a: tree('/a', { recursive: 1 as never }) } }, 'recursive is 1'],
    [{ parameters: { a: tree('/a', { decrypt: 1 as never }) } }, 'decrypt is 1'],
    [{ parameters: { a: tree('/a', { version: 1 } as never) } }, 'parameters.a has no option "version"'],
    [
      { secrets: { a: 'b' }, maxAge: 300_000 },
      'createSecrets: maxAge is 300000. Give seconds (not milliseconds)',
    ],
    [
      { secrets: { a: text('a', { staleIfError: 86_401 }) } },
      'secrets.a: staleIfError is 86401. Give seconds',
    ],
    [
      { secrets: { a: 'b' }, ['x'.repeat(9_999)]: 1 },
      'has no option of 9999 characters, which is no name. It has',
    ],
    [{ secrets: { a: 'b' }, 'sk live': 1 }, 'has no option of 7 characters, which is no name. It has'],
  ])('refuses %j when it is made', (options, message) => {
    expect(make(options)).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION', message: expect.stringContaining(message) }),
    )
  })

  it.each(['then', 'toJSON', 'constructor', '__proto__', 'prototype', 'toString', 'valueOf', ''])(
    'refuses the reserved key %j',
    (key) => {
      const secrets = Object.fromEntries([[key, 'prod/db']])
      expect(make({ secrets })).toThrow(`secrets.${key} is a reserved key. Choose another.`)
    },
  )

  it('refuses a declaration whose prototype was replaced by a key named __proto__', () => {
    expect(make({ secrets: { __proto__: { db: 'prod/db' }, a: 'b' } })).toThrow(/secrets is an object/)
  })

  it.each([null, undefined, 5, 'x', []])('refuses %p instead of options', (options) => {
    expect(() => createSecrets(options as never)).toThrow(/^configuration: createSecrets is /)
  })

  it('asks the source whether it can do what is declared, and says what can', () => {
    const refusing: Source = {
      ...source,
      refusal: ({ kind }) => (kind === 'tree' ? new UnsupportedError({ remedy: 'Use sdk().' }) : undefined),
    }
    expect(make({ source: refusing, parameters: { all: tree('/all') } })).toThrow(
      'parameters.all ("/all"): this source cannot do that, from memory. Use sdk().',
    )
  })

  it('refuses a name longer than any, and quotes how it begins', () => {
    expect(make({ secrets: { db: 'x'.repeat(2_401) } })).toThrow(
      `("${'x'.repeat(80)}"): configuration: the name has 2401 characters, more than any name or ARN. Give the name`,
    )
    expect(make({ secrets: { db: 'x'.repeat(2_400) } })).not.toThrow()
  })

  it.each(['with a space', 'n\u00a0name', 'été/schlüssel', '秘密'])('takes the name %j', (id) => {
    expect(make({ secrets: { a: id } })).not.toThrow()
  })

  it.each([0, 0.5, Number.POSITIVE_INFINITY, undefined])('takes %p for a cache time', (maxAge) => {
    expect(make({ secrets: { a: 'b' }, maxAge })).not.toThrow()
  })

  it.each([0, 0.5, 5_000, undefined])('takes %p milliseconds for a timeout', (timeoutMilliseconds) => {
    expect(make({ secrets: { a: 'b' }, timeoutMilliseconds })).not.toThrow()
  })

  it('asks for what was declared, and one thing for every way to say it', async () => {
    const asked: unknown[] = []
    const recording: Source = {
      ...source,
      fetch: (references, context) => {
        asked.push(...references)
        return source.fetch(references, context)
      },
    }
    const declared = make({
      source: recording,
      secrets: {
        plain: 'a',
        current: text('a', { stage: 'AWSCURRENT' }),
        previous: json('a', { stage: 'AWSPREVIOUS' }),
        pinned: text('a', { versionId: 'v', stage: 'AWSCURRENT' }),
      },
      parameters: {
        one: text('/p', { version: 3 }),
        two: text('/p', { label: 'live', decrypt: false }),
        under: tree('/p/'),
        root: tree('/', { recursive: true, decrypt: false }),
      },
    })()
    await expect(declared.read()).rejects.toMatchObject({ code: 'SEVERAL' })

    expect(asked).toStrictEqual([
      { kind: 'secret', id: 'a' },
      { kind: 'secret', id: 'a', stage: 'AWSPREVIOUS' },
      { kind: 'secret', id: 'a', stage: 'AWSCURRENT', versionId: 'v' },
      { kind: 'parameter', id: '/p', decrypt: true, version: 3 },
      { kind: 'parameter', id: '/p', decrypt: false, label: 'live' },
      { kind: 'tree', id: '/p', recursive: false, decrypt: true },
      { kind: 'tree', id: '/', recursive: true, decrypt: false },
    ])
  })
})

describe('isDeclared', () => {
  it('knows what another copy of the package made', () => {
    const foreign = Object.defineProperty({}, Symbol.for('@secrets-cache/core/declared'), {})
    expect([foreign, text('a'), {}, null, 'a'].map(isDeclared)).toEqual([true, true, false, false, false])
  })
})

describe('referenceKey', () => {
  it('is another one wherever one field differs', () => {
    const parameter = { kind: 'parameter', id: 'a', decrypt: true } as const
    const tree = { kind: 'tree', id: 'a', recursive: false, decrypt: true } as const
    const references: Reference[] = [
      { kind: 'secret', id: 'a' },
      { kind: 'secret', id: 'b' },
      { kind: 'secret', id: 'a', stage: 'x' },
      { kind: 'secret', id: 'a', versionId: 'x' },
      parameter,
      { ...parameter, version: 1 },
      { ...parameter, version: 2 },
      { ...parameter, label: 'x' },
      { ...parameter, decrypt: false },
      tree,
      { ...tree, recursive: true },
      { ...tree, decrypt: false },
    ]
    const keys = ['one', 'other'].flatMap((source) => references.map((each) => referenceKey(source, each)))
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('json and tree', () => {
  it('take any Standard Schema as their second argument', () => {
    const schema = z.object({ a: z.string() })
    expect(json('a', schema).schema).toBe(schema)
    expect(tree('/a', schema, { recursive: true })).toMatchObject({ schema, options: { recursive: true } })
    const callable = type({ a: 'string' })
    expect(json('a', callable).schema).toBe(callable)
  })

  it.each([
    ['an object that is no schema, then options', () => json('a', {} as never, {})],
    ['a function that is no schema', () => json('a', (() => true) as never)],
    ['a tree with the same', () => tree('/a', {} as never, {})],
    ['nothing, then options', () => json('a', null as never, {})],
  ])('refuse %s', (_, declare) => {
    expect(declare).toThrow(
      'the schema has no "~standard" property. Pass a Standard Schema: zod 3.24 or newer, valibot 1, arktype 2.',
    )
  })
})

describe('pick', () => {
  const declared = defineSecrets({
    db: json<{ user: string }>('prod/db'),
    stripe: 'prod/stripe',
    other: 'prod/other',
  })

  it('takes the keys that one handler needs', () => {
    expect(pick(declared, 'db', 'stripe')).toEqual({ db: declared.db, stripe: 'prod/stripe' })
  })

  it('refuses a key that is not declared, and names the nearest', () => {
    // @ts-expect-error stripes is not declared
    expect(() => pick(declared, 'stripes')).toThrow('pick: "stripes" is not declared. Did you mean "stripe"?')
    // @ts-expect-error inherited is not declared
    const pickInherited = () => pick(declared, 'toString')
    expect(pickInherited).toThrow('Declared are db, stripe or other.')
    expect(pickInherited).toThrow(expect.objectContaining({ code: 'CONFIGURATION' }))
  })
})

describe('defineSecrets and defineParameters', () => {
  it('give a declaration that nobody can change for the others', () => {
    const [secrets, parameters] = [defineSecrets({ a: 'b' }), defineParameters({ a: '/b' })]
    expect([secrets, parameters]).toEqual([{ a: 'b' }, { a: '/b' }])
    expect([secrets, parameters].every(Object.isFrozen)).toBe(true)
  })
})
