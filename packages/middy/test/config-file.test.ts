import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from '@jest/globals'
import middy from '@middy/core'
import { memorySource } from '@secrets-cache/core/testing'
import { secretsCache } from '@secrets-cache/middy'
import { configFile } from '@secrets-cache/middy/config-file'

const folder = mkdtempSync(join(tmpdir(), 'secrets-cache-'))
afterAll(() => rmSync(folder, { recursive: true }))

function written(text: string): string {
  const file = join(folder, 'config.yaml')
  writeFileSync(file, text)
  return file
}

const refusalOf = (text: string): unknown => {
  try {
    return configFile(written(text))
  } catch (error) {
    return (error as Error).message
  }
}

describe('configFile', () => {
  it('reads the file of the article: each secret is text, by its name', () => {
    const declared = configFile(written('SecretManagers:\n  - secrets:\n    - sm-lambda-extension\n'))
    expect(declared).toMatchObject({
      secrets: { 'sm-lambda-extension': { id: 'sm-lambda-extension', format: 'text' } },
    })
    expect(Object.keys(declared)).toEqual(['secrets'])
  })

  it('declares keys and formats, for secrets and parameters, from any number of lists', async () => {
    const file = written(`
SecretManagers:
  - secrets: [{ key: db, name: prod/orders/db, format: json }]
  - secrets: [&stripe prod/stripe/key]
ParameterStores:
  - parameters:
      - { key: hosts, name: /prod/orders/hosts, format: list }
      - { key: stripe, name: *stripe }
`)
    const source = memorySource({
      secrets: { 'prod/orders/db': { user: 'app' }, 'prod/stripe/key': 'sk' },
      parameters: { '/prod/orders/hosts': ['a', 'b'], 'prod/stripe/key': 'p' },
    })
    interface Types {
      secrets: { db: { user: string }; 'prod/stripe/key': string }
      parameters: { hosts: readonly string[]; stripe: string }
    }
    const handler = middy()
      .use(secretsCache({ ...configFile<Types>(pathToFileURL(file)), source }))
      .handler(async (_event, { secrets, parameters }) => [
        secrets.db.user,
        secrets['prod/stripe/key'],
        parameters.hosts,
        parameters.stripe,
      ])

    const context = {} as Parameters<typeof handler>[1]
    await expect(handler({}, context)).resolves.toEqual(['app', 'sk', ['a', 'b'], 'p'])
  })

  it('knows every format', () => {
    const listed = (formats: string[]) =>
      formats.map((format) => `{ key: ${format}, name: /${format}, format: ${format} }`).join(', ')
    const declared = configFile(
      written(
        `SecretManagers: [{ secrets: [${listed(['text', 'json', 'binary'])}] }]\n` +
          `ParameterStores: [{ parameters: [${listed(['text', 'json', 'list', 'tree'])}] }]`,
      ),
    )
    const formats = (view: object) => Object.entries(view).map(([key, { format }]) => [key, format])
    expect(formats(declared.secrets)).toEqual(['text', 'json', 'binary'].map((name) => [name, name]))
    expect(formats(declared.parameters)).toEqual(['text', 'json', 'list', 'tree'].map((name) => [name, name]))
  })

  it('looks in the current folder where there is no function', () => {
    const file = written('SecretManagers: [{ secrets: [one] }]')
    expect(configFile(relative(process.cwd(), file))).toHaveProperty('secrets.one')
  })

  it('looks in the function’s folder', () => {
    written('SecretManagers: [{ secrets: [one] }]')
    process.env['LAMBDA_TASK_ROOT'] = folder
    try {
      expect(configFile()).toHaveProperty('secrets.one')
    } finally {
      delete process.env['LAMBDA_TASK_ROOT']
    }
  })

  it.each([
    ['', 'config.yaml:1: the file is empty, not a map of keys'],
    [
      '{}',
      'config.yaml:1: nothing is listed. It holds SecretManagers: [{ secrets: [name, ...] }], ParameterStores: [{ parameters: [name, ...] }]',
    ],
    ['- a', 'config.yaml:1: the file is a list, not a map of keys'],
    ['SecretManagers:\n  - secrets: [a', 'config.yaml:2: this is not YAML (BAD_INDENT)'],
    ['a: 1\na: 2', 'config.yaml:2: this is not YAML (DUPLICATE_KEY)'],
    [
      '\nSecretManager: []',
      'config.yaml:2: SecretManager: "SecretManager" is not known. Known here: SecretManagers, ParameterStores',
    ],
    ['SecretManagers: { secrets: [] }', 'config.yaml:1: SecretManagers is a map, not a list'],
    ['SecretManagers:\n  - a', 'config.yaml:2: SecretManagers[0] is a text, not a map of keys'],
    [
      'SecretManagers:\n  - names: [a]',
      'config.yaml:2: SecretManagers[0].names: "names" is not known. Known here: secrets',
    ],
    ['SecretManagers:\n  - : [a]', 'config.yaml:2: SecretManagers[0].null: "null" is not known'],
    [
      "SecretManagers:\n  - secrets: ['']",
      'config.yaml:2: SecretManagers[0].secrets[0] is empty, not a name',
    ],
    [
      'SecretManagers:\n  - secrets:\n    - name: [a]',
      'config.yaml:3: SecretManagers[0].secrets[0].name is a list, not a name',
    ],
    ['SecretManagers:\n  - secrets:\n', 'config.yaml:2: SecretManagers[0].secrets is empty, not a list'],
    ['SecretManagers:\n  - secrets: a', 'config.yaml:2: SecretManagers[0].secrets is a text, not a list'],
    [
      'SecretManagers:\n  - secrets:\n    - a\n    - 12',
      'config.yaml:4: SecretManagers[0].secrets[1] is a number, not a name. Put a name that looks like a number in quotes',
    ],
    [
      'SecretManagers:\n  - secrets:\n    - key: a',
      'config.yaml:3: SecretManagers[0].secrets[0] has no name',
    ],
    [
      'SecretManagers:\n  - secrets:\n    - name: a\n      as: json',
      'config.yaml:4: SecretManagers[0].secrets[0].as: "as" is not known',
    ],
    [
      'SecretManagers:\n  - secrets:\n    - { name: a, format: list }',
      'config.yaml:3: SecretManagers[0].secrets[0].format: "list" is not known. Known here: text, json, binary',
    ],
    [
      'ParameterStores:\n  - parameters:\n    - { name: a, format: binary }',
      'config.yaml:3: ParameterStores[0].parameters[0].format: "binary" is not known. Known here: text, json, list, tree',
    ],
    [
      'SecretManagers:\n  - secrets:\n    - a\n    - { key: a, name: b }',
      'config.yaml:4: SecretManagers[0].secrets[1] declares "a" a second time',
    ],
  ])('says line and key of what is wrong: %j', (text, expected) => {
    expect(refusalOf(text)).toContain(`${expected}.`)
  })

  it('reads a file with a byte order mark, as editors on Windows write it', () => {
    const declared = configFile(written('\uFEFFSecretManagers: [{ secrets: [one] }]'))
    expect(Object.keys(declared.secrets)).toEqual(['one'])
    expect(refusalOf('\uFEFF\nSecretManager: []')).toContain('config.yaml:2: SecretManager:')
  })

  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
  for (const [index, name] of [...'bcdefgh'].entries()) {
    const earlier = `*${'abcdefgh'[index]}`
    bomb.push(`${name}: &${name} [${Array.from({ length: 10 }, () => earlier).join(', ')}]`)
  }
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

  it.each([
    ['aliases of aliases', bomb.join('\n'), /config\.yaml:\d: .*more than 10000 entries/],
    [
      'the same where names are listed',
      `x: &a [n, n, n, n, n, n, n, n, n, n]\nSecretManagers:\n  - secrets: [${Array.from({ length: 2_000 }, () => '*a').join(', ')}]`,
      /config\.yaml:\d: .*more than 10000 entries/,
    ],
    [
      'a list that holds itself',
      'SecretManagers: &a\n  - *a',
      /config\.yaml:2: SecretManagers\[0\] .*itself/,
    ],
    ['a map that holds itself', 'SecretManagers: &a [{ secrets: *a }]', /config\.yaml:1: .*itself/],
    ['two that hold each other', 'SecretManagers: &a [&b [*a, *b]]', /config\.yaml:1: .*itself/],
    ['an alias of nothing', 'SecretManagers:\n  - *none', /config\.yaml:2: /],
    ['a key that is a map', 'SecretManagers:\n  - ? { a: b }\n    : c', /config\.yaml:2: .*key/],
    ['a key that is an alias', 'x: &a secrets\nSecretManagers:\n  - *a : [b]', /config\.yaml:\d: /],
    [
      'lists in lists',
      `SecretManagers: ${nested(50_000)}`,
      /config\.yaml:1: this is not YAML \(RESOURCE_EXHAUSTION\)/,
    ],
    [
      'lists in lists, fewer',
      `SecretManagers: ${nested(50)}`,
      /config\.yaml:1: .*nested deeper than 20 levels/,
    ],
    ['maps in maps', `SecretManagers: ${'{a: '.repeat(20_000)}`, /config\.yaml(:\d)?: /],
    ['a key that is longer than a name', `SecretManagers:\n  ? ${'k'.repeat(9_000)}\n  : a`, /config\.yaml:/],
    [
      'many keys',
      Array.from({ length: 20_000 }, (_, index) => `k${index}: v`).join('\n'),
      /config\.yaml:\d+: .*more than 10000 entries/,
    ],
    ['a file of another kind', 'a'.repeat(256 * 1_024 + 1), /config\.yaml: .*256 KiB/],
    ['bytes', '\u0000\u0001\uFFFD', /config\.yaml:1: /],
    ['two documents', 'SecretManagers: [{ secrets: [a] }]\n---\nSecretManagers: []', /config\.yaml:\d: /],
    ['a tag', 'SecretManagers: !!js/function "x"', /config\.yaml:1: /],
  ])('refuses in bounded time: %s', (_, text, expected) => {
    const start = performance.now()
    let thrown: unknown
    try {
      configFile(written(text))
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ code: 'CONFIGURATION', message: expect.stringMatching(expected) })
    expect((thrown as Error).message.length).toBeLessThan(600)
    // Without a bound the first takes most of a minute.
    expect(performance.now() - start).toBeLessThan(5_000)
  })

  it('says which file is missing', () => {
    expect(() => configFile(join(folder, 'none.yaml'))).toThrow(
      /none\.yaml: there is no such file: .*none\.yaml/,
    )
    expect(() => configFile(folder)).toThrow(/it cannot be read \(EISDIR\)/)
  })

  it('leaves a key that cannot be one to the middleware', () => {
    const declared = configFile(written('SecretManagers: [{ secrets: [{ key: __proto__, name: a }] }]'))
    expect(() => secretsCache(declared)).toThrow(/__proto__/)
  })
})
