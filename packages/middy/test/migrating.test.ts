import { readFile } from 'node:fs/promises'
import { inspect } from 'node:util'
import { clearCaches } from '@aws-lambda-powertools/parameters'
import { getSecret, SecretsProvider } from '@aws-lambda-powertools/parameters/secrets'
import { getParameter, getParameters, getParametersByName } from '@aws-lambda-powertools/parameters/ssm'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SSMClient } from '@aws-sdk/client-ssm'
import { beforeEach, describe, expect, it, jest } from '@jest/globals'
import middy, { type MiddlewareObj } from '@middy/core'
import secretsManager from '@middy/secrets-manager'
import ssm from '@middy/ssm'
import {
  binary,
  createSecrets,
  type Declarations,
  json,
  list,
  type ParametersDeclaration,
  parametersCache,
  retryOnRotation,
  type SecretsDeclaration,
  secretsCache,
  text,
  tree,
} from '@secrets-cache/middy'
import { sdk } from '@secrets-cache/sdk'
import { z } from 'zod'
import { ownCache, useLocal } from './helpers/invoke.ts'

// Every row of the tables of docs/migrating.md: what it says of the other library, and of this one, is run.

const bytes = new Uint8Array([0, 1, 254, 255])
const used = useLocal({
  secrets: {
    'prod/db': { user: 'orders' },
    'prod/key': 'sk',
    'prod/encoded': Buffer.from('decoded').toString('base64'),
    'prod/bytes': bytes,
    'prod/tenants/7': 'seven',
  },
  parameters: {
    '/prod/flags': '{"beta":true}',
    '/prod/hosts': ['a', 'b'],
    '/prod/secure': { type: 'SecureString', value: 'secure' },
    '/prod/orders/name': 'orders',
    '/prod/orders/db/host': 'db.internal',
  },
})

let now = 0
let cacheKey = 0
const realNow = Date.now
beforeEach(() => {
  now = 0
  clearCaches()
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + now)
})

type Options = Record<string, unknown>

/** What the other middleware puts on the context. Its cache is told apart by a key alone. */
async function theirs(make: (options: never) => object, options: Options): Promise<Record<string, unknown>> {
  const own = { setToContext: true, disablePrefetch: true, cacheKey: `test ${cacheKey++}`, ...options }
  return invoke(make(own as never))
}

async function invoke(middleware: object): Promise<Record<string, unknown>> {
  const context = {} as Record<string, unknown>
  const handler = middy()
    .use(middleware as MiddlewareObj)
    .handler(async () => 'done')
  await handler({}, context as never)
  return context
}

const ours = <const S extends SecretsDeclaration, const P extends ParametersDeclaration>(
  options: Declarations<S, P>,
) => createSecrets({ source: sdk(), cache: ownCache().cache, prefetch: false, ...options })

const ofAws = (names: readonly string[]) => {
  const { aws } = used.local.calls
  return names.map((name) => aws[name as keyof typeof aws])
}

type Rows = Record<string, () => Promise<void>>

const fromSsm: Rows = {
  'text that looks like JSON is parsed': async () => {
    const fetchData = { flags: '/prod/flags', name: '/prod/orders/name' }
    expect(await theirs(ssm, { fetchData })).toMatchObject({ flags: { beta: true }, name: 'orders' })
    const parameters = { flags: json('/prod/flags'), asText: '/prod/flags', name: text('/prod/orders/name') }
    expect((await ours({ parameters }).read()).parameters).toMatchObject({
      flags: { beta: true },
      asText: '{"beta":true}',
      name: 'orders',
    })
    const wrong = ours({ parameters: { name: json('/prod/orders/name') } })
    await expect((async () => wrong.read())()).rejects.toMatchObject({ code: 'INVALID_JSON' })
  },
  'a StringList is an array': async () => {
    expect(await theirs(ssm, { fetchData: { hosts: '/prod/hosts' } })).toMatchObject({ hosts: ['a', 'b'] })
    const { parameters } = await ours({ parameters: { hosts: list('/prod/hosts') } }).read()
    expect(parameters.hosts).toEqual(['a', 'b'])
  },
  'a path that ends in `/`: all parameters below': async () => {
    const { orders } = await theirs(ssm, { fetchData: { orders: '/prod/orders/' } })
    expect(orders).toEqual({ name: 'orders', db_host: 'db.internal' })
    const all = tree('/prod/orders', { recursive: true })
    const { parameters } = await ours({ parameters: { all, next: tree('/prod/orders/') } }).read()
    expect(parameters.all).toEqual({ name: 'orders', 'db/host': 'db.internal' })
    expect(parameters.next).toEqual({ name: 'orders' })
  },
  '`cacheExpiry`, milliseconds; -1 = for ever': async () => {
    const make = (cacheExpiry: number) =>
      ssm({
        fetchData: { a: '/prod/orders/name' },
        setToContext: true,
        cacheExpiry,
        cacheKey: `test ${cacheKey++}`,
        disablePrefetch: true,
      } as never)
    for (const [cacheExpiry, asked] of [
      [300_000, 2],
      [-1, 1],
    ] as const) {
      now = 0
      await used.local.reset()
      const middleware = make(cacheExpiry)
      for (now of [0, 299_000, 301_000]) await invoke(middleware)
      expect(ofAws(['GetParameters'])).toEqual([asked])
    }
    now = 0
    await used.local.reset()
    const { cache, clock } = ownCache()
    const reader = ours({ parameters: { a: '/prod/orders/name' }, cache })
    for (const step of [0, 269_000, 32_000]) {
      clock.step(step)
      await reader.read()
    }
    expect(ofAws(['GetParameter', 'GetParameters']).reduce((sum, count) => sum + count)).toBe(2)
    used.local.faults.status(500, 'down')
    clock.step(3_600_000)
    expect((await reader.read()).parameters.a).toBe('orders')
  },
  '`cacheKey`: two instances need two': async () => {
    const shared = { cacheKey: `test ${cacheKey++}` }
    const first = { fetchData: { a: '/prod/hosts' }, ...shared }
    const second = { fetchData: { b: '/prod/orders/name' }, ...shared }
    await theirs(ssm, first)
    expect(await theirs(ssm, second)).toEqual({ b: undefined })
    const { cache } = ownCache()
    await ours({ parameters: { a: '/prod/flags' }, cache }).read()
    const { parameters } = await ours({ parameters: { b: '/prod/orders/name' }, cache }).read()
    expect(parameters.b).toBe('orders')
  },
  '`setToContext: true`, or `getInternal`': async () => {
    const fetchData = { name: '/prod/orders/name' }
    expect(await theirs(ssm, { fetchData, setToContext: false })).toEqual({})
    expect(await theirs(ssm, { fetchData })).toEqual({ name: 'orders' })
    const middleware = parametersCache({ parameters: fetchData, source: sdk(), cache: ownCache().cache })
    expect((await invoke(middleware))['parameters']).toMatchObject({ name: 'orders' })
  },
  '`awsClientOptions`, `AwsClient`': async () => {
    const fetchData = { name: '/prod/orders/name' }
    const awsClientOptions = { region: 'us-east-1' }
    expect(await theirs(ssm, { fetchData, awsClientOptions, AwsClient: SSMClient })).toEqual({
      name: 'orders',
    })
    const source = sdk({ ssm: new SSMClient(awsClientOptions) })
    expect((await ours({ parameters: fetchData, source }).read()).parameters.name).toBe('orders')
  },
  'decrypted always': async () => {
    expect(await theirs(ssm, { fetchData: { a: '/prod/secure' } })).toEqual({ a: 'secure' })
    const parameters = { a: '/prod/secure', b: text('/prod/secure', { decrypt: false }) }
    const view = (await ours({ parameters }).read()).parameters
    expect(view.a).toBe('secure')
    expect(view.b).not.toBe('secure')
  },
  '`disablePrefetch: true`': async () => {
    const fetchData = { name: '/prod/orders/name' }
    expect(() => parametersCache({ parameters: fetchData, disablePrefetch: true } as never)).toThrow(
      /no option/,
    )
    await used.local.reset()
    ssm({ fetchData, cacheKey: `test ${cacheKey++}`, disablePrefetch: true } as never)
    parametersCache({ parameters: fetchData, source: sdk(), cache: ownCache().cache, prefetch: false })
    await new Promise(setImmediate)
    expect(used.local.calls.total).toBe(0)
  },
}

const fromSecretsManager: Rows = {
  'one call for each secret': async () => {
    await theirs(secretsManager, { fetchData: { db: 'prod/db', key: 'prod/key' } })
    expect(ofAws(['GetSecretValue', 'BatchGetSecretValue'])).toEqual([2, 0])
    await used.local.reset()
    await ours({ secrets: { db: 'prod/db', key: 'prod/key' } }).read()
    expect(ofAws(['GetSecretValue', 'BatchGetSecretValue'])).toEqual([0, 1])
  },
  '`fetchRotationDate: true` asks when the next one is': async () => {
    const options = { fetchData: { key: 'prod/key' }, fetchRotationDate: true }
    await theirs(secretsManager, options)
    expect(used.local.calls.list.map(({ operation }) => operation)).toContain('DescribeSecret')
    const { secrets } = await ours({ secrets: { key: 'prod/key' } }).read()
    used.local.rotate('prod/key', 'sk 2')
    const run = async (key: string) => {
      if (key === 'sk') throw new Error('refused')
      return key
    }
    await expect(retryOnRotation(secrets, 'key', run, { when: () => true })).resolves.toBe('sk 2')
  },
  'the secret on `context` itself, in every log of it': async () => {
    expect(inspect(await theirs(secretsManager, { fetchData: { db: 'prod/db' } }))).toContain('orders')
    const middleware = secretsCache({ secrets: { db: 'prod/db' }, source: sdk(), cache: ownCache().cache })
    const printed = inspect(await invoke(middleware), { depth: 9 })
    expect(printed).toContain('[redacted]')
    expect(printed).not.toContain('orders')
  },
}

const fromPowertools: Rows = {
  '`maxAge`, seconds; 5 unless said': async () => {
    for (now of [0, 4_000, 6_000]) await getSecret('prod/key')
    expect(ofAws(['GetSecretValue'])).toEqual([2])
    await used.local.reset()
    const { cache, clock } = ownCache()
    const reader = ours({ secrets: { key: 'prod/key' }, cache })
    for (const step of [0, 269_000, 32_000]) {
      clock.step(step)
      await reader.read()
    }
    expect(ofAws(['GetSecretValue', 'BatchGetSecretValue']).reduce((sum, count) => sum + count)).toBe(2)
  },
  'fetched where it is asked for, one by one': async () => {
    await getSecret('prod/key')
    await getSecret('prod/db')
    expect(ofAws(['GetSecretValue'])).toEqual([2])
    await used.local.reset()
    const reader = ours({ secrets: { key: 'prod/key', db: 'prod/db' }, prefetch: true })
    await reader.read()
    expect(ofAws(['BatchGetSecretValue', 'GetSecretValue'])).toEqual([1, 0])
  },
  "`transform: 'json'`": async () => {
    expect(await getSecret('prod/db', { transform: 'json' })).toEqual({ user: 'orders' })
    expect((await ours({ secrets: { db: json('prod/db') } }).read()).secrets.db).toEqual({ user: 'orders' })
  },
  "`transform: 'binary'`: base64 to text": async () => {
    expect(await getSecret('prod/encoded', { transform: 'binary' })).toBe('decoded')
    const decoded = z.string().transform((encoded) => Buffer.from(encoded, 'base64').toString())
    const { secrets } = await ours({ secrets: { encoded: text('prod/encoded', decoded) } }).read()
    expect(secrets.encoded).toBe('decoded')
  },
  'a SecretBinary is a `Uint8Array`': async () => {
    expect(Buffer.from((await getSecret('prod/bytes')) as Uint8Array)).toEqual(Buffer.from(bytes))
    const { secrets } = await ours({ secrets: { certificate: binary('prod/bytes') } }).read()
    expect(Buffer.from(secrets.certificate)).toEqual(Buffer.from(bytes))
  },
  'a StringList is its text, `a,b`': async () => {
    expect(await getParameter('/prod/hosts')).toBe('a,b')
    const { parameters } = await ours({ parameters: { hosts: list('/prod/hosts') } }).read()
    expect(parameters.hosts).toEqual(['a', 'b'])
    const wrong = ours({ parameters: { hosts: '/prod/hosts' } })
    await expect((async () => wrong.read())()).rejects.toMatchObject({ code: 'WRONG_KIND' })
  },
  'encrypted, unless `decrypt: true`': async () => {
    expect(await getParameter('/prod/secure')).not.toBe('secure')
    clearCaches()
    expect(await getParameter('/prod/secure', { decrypt: true })).toBe('secure')
    const parameters = { a: '/prod/secure', b: text('/prod/secure', { decrypt: false }) }
    const view = (await ours({ parameters }).read()).parameters
    expect(view.a).toBe('secure')
    expect(view.b).not.toBe('secure')
  },
  '`forceFetch: true`': async () => {
    await getSecret('prod/key')
    const reader = ours({ secrets: { key: 'prod/key' } })
    await reader.read()
    used.local.rotate('prod/key', 'sk 2')
    expect(await getSecret('prod/key')).toBe('sk')
    expect(await getSecret('prod/key', { forceFetch: true })).toBe('sk 2')
    await reader.refresh('key')
    expect((await reader.read()).secrets.key).toBe('sk 2')
  },
  '`undefined` where there is none': async () => {
    await expect(getParameter('/prod/none')).rejects.toThrow()
    const none = ours({ parameters: { none: text('/prod/none') } })
    await expect((async () => none.read())()).rejects.toMatchObject({ code: 'NOT_FOUND', id: '/prod/none' })
    const { parameters } = await ours({ parameters: { none: text('/prod/none', { fallback: null }) } }).read()
    expect(parameters.none).toBeNull()
  },
  '`getParametersByName({ name: {} })`': async () => {
    const byName = await getParametersByName({
      '/prod/orders/name': {},
      '/prod/flags': { transform: 'json' },
    } as never)
    expect(byName).toEqual({ '/prod/orders/name': 'orders', '/prod/flags': { beta: true } })
    const parameters = { name: '/prod/orders/name', flags: json('/prod/flags') }
    expect((await ours({ parameters }).read()).parameters).toMatchObject({
      name: 'orders',
      flags: { beta: true },
    })
  },
  '`getParameters(path)`': async () => {
    for (const recursive of [false, true]) {
      // Its cache does not tell the two apart.
      clearCaches()
      const orders = tree('/prod/orders', { recursive })
      const { parameters } = await ours({ parameters: { orders } }).read()
      expect(parameters.orders).toEqual(await getParameters('/prod/orders', { recursive }))
    }
  },
  'a name known only at run time': async () => {
    expect(await getSecret(`prod/tenants/${7}`)).toBe('seven')
    expect(await ours({}).get(`prod/tenants/${7}`)).toBe('seven')
  },
  '`awsSdkV3Client`, `clientConfig`': async () => {
    const client = new SecretsManagerClient({ region: 'us-east-1' })
    expect(await new SecretsProvider({ awsSdkV3Client: client }).get('prod/key')).toBe('sk')
    const source = sdk({ secretsManager: client })
    expect((await ours({ secrets: { key: 'prod/key' }, source }).read()).secrets.key).toBe('sk')
  },
}

describe('what docs/migrating.md says of', () => {
  describe('@middy/ssm', () => it.each(Object.entries(fromSsm))('%s', (_, run) => run()))
  describe('@middy/secrets-manager', () =>
    it.each(Object.entries(fromSecretsManager))('%s', (_, run) => run()))
  describe('Powertools parameters', () => it.each(Object.entries(fromPowertools))('%s', (_, run) => run()))

  it('no more than that', async () => {
    const page = await readFile(new URL('../../../docs/migrating.md', import.meta.url), 'utf8')
    const rows = [...page.matchAll(/^\| there .*\n\| -.*\n((?:\|.*\n)+)/gm)].flatMap(([, body = '']) =>
      body
        .trimEnd()
        .split('\n')
        .map((line) => line.split('|')[1]?.trim()),
    )
    expect(rows).toEqual([fromSsm, fromSecretsManager, fromPowertools].flatMap((table) => Object.keys(table)))
  })
})
