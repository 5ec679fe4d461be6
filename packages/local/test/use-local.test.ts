import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from '@jest/globals'
import { useLocal } from '../src/jest.ts'
import { invoke, lambdaContext, useLocal as useLocalWith } from '../src/testing.ts'
import { askLayer } from './ask.ts'

const run = promisify(execFile)
process.env['AWS_PROFILE'] = 'production'
process.env['SECRETS_MANAGER_TTL'] = '17'

const aws = useLocal({ secrets: { 'prod/key': 'one' }, parameters: { '/prod/hosts': ['a', 'b'] } })

const get = async (path = '/secretsmanager/get?secretId=prod%2Fkey') => (await askLayer(aws.url, path)).text

describe('useLocal', () => {
  // In this order: the second test finds what the first has left, if anything.
  it('lets a test rotate, play faults and change the environment', async () => {
    aws.rotate('prod/key', 'two')
    expect(await get()).toContain('"two"')
    aws.account.putSecret('prod/other', 'x')
    aws.faults.opaque()
    expect(await get()).toContain('unexpected error')
    process.env['LEFT_BY_A_TEST'] = 'yes'
    process.env['AWS_REGION'] = 'nowhere'
    aws.rotateToken('another')
    expect(aws.calls).toMatchObject({ total: 2, upstream: 1 })
  })

  it('has undone all of it before the next test', async () => {
    expect(aws.calls).toMatchObject({ total: 0, upstream: 0, list: [] })
    expect(await get()).toContain('"one"')
    expect(aws.account.secrets.find('prod/other')).toBeUndefined()
    expect(process.env).toMatchObject(aws.environment)
    expect(process.env['AWS_REGION']).toBe('eu-west-1')
    expect(process.env['LEFT_BY_A_TEST']).toBeUndefined()
  })

  it('keeps variables away that lead past the stand-in', () => {
    expect(process.env['AWS_PROFILE']).toBeUndefined()
    expect(process.env['SECRETS_MANAGER_TTL']).toBeUndefined()
    expect(process.env['PATH']).not.toBe('')
  })

  it('keeps a handler from the files and the machine that lead to an account', () => {
    expect(process.env).toMatchObject({
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_CONFIG_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: 'true',
    })
  })

  it("forgets what the layer's cache holds when told", async () => {
    await get()
    aws.rotate('prod/key', 'two')
    expect(await get()).toContain('"one"')
    aws.forget()
    expect(await get()).toContain('"two"')
  })

  it('empties the cache of secrets-cache, and touches nothing else', () => {
    let cleared = 0
    const clear = () => {
      cleared++
    }
    const shared = globalThis as Record<symbol, unknown>
    shared[Symbol.for('@secrets-cache/core/cache/1')] = { clear }
    shared[Symbol.for('@secrets-cache/core/cached')] = { clear }
    aws.forget()
    expect(cleared).toBe(1)
    delete shared[Symbol.for('@secrets-cache/core/cache/1')]
    delete shared[Symbol.for('@secrets-cache/core/cached')]
  })

  it('says so when it is used before its tests', () => {
    const hooks = { beforeAll: () => {}, beforeEach: () => {}, afterAll: () => {} }
    expect(() => useLocalWith({}, hooks).calls).toThrow('use it inside a test or a hook')
    expect(() => useLocalWith({}, {} as never)).toThrow("import * as hooks from 'node:test'")
  })

  it('takes the hooks of node:test, and lets its process end', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'secrets-cache-use-local-'))
    const file = join(folder, 'own.test.mts')
    await writeFile(
      file,
      `import * as hooks from 'node:test'
import { get } from 'node:http'
import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { useLocal } from '${new URL('../src/testing.ts', import.meta.url)}'
const aws = useLocal({ secrets: { a: 'one' } }, hooks)
describe('in a describe', () => {
  for (const _ of [1, 2]) it('finds the account as given', () => {
    assert.equal(aws.rotate('a', 'two').version.length, 36)
    assert.equal(aws.account.secrets.get('a').versions.size, 2)
    assert.equal(process.env.AWS_ENDPOINT_URL, aws.url)
  })
})
`,
    )
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', file], { env })
    expect(stdout).toMatch(/# pass 2\n# fail 0/)
    await rm(folder, { recursive: true })
  })
})

describe('invoke', () => {
  it("gives a handler the event and Lambda's context", async () => {
    const handler = async (event: { id: number }, context: { awsRequestId: string }) => [event.id, context]
    const [id, context] = await aws.invoke(handler, { id: 7 }, { awsRequestId: 'r-1' })
    expect(id).toBe(7)
    expect(context).toMatchObject({ awsRequestId: 'r-1', functionName: 'local-function' })
  })

  it('gives each invocation its own copy of the event, as Lambda does', async () => {
    const event = { headers: { a: '1' }, records: [{ id: 1 }] }
    const handler = async (given: typeof event) => {
      const seen = JSON.stringify(given)
      given.headers.a = 'changed'
      given.records.push({ id: 2 })
      return seen
    }
    const first = await aws.invoke(handler, event)
    expect(await aws.invoke(handler, event)).toBe(first)
    expect(event).toEqual({ headers: { a: '1' }, records: [{ id: 1 }] })
    await invoke(handler, event)
    expect(event.headers.a).toBe('1')
    expect(await invoke(async (given: object) => given, Object.freeze({ a: 1 }))).toStrictEqual({ a: 1 })
  })

  it('refuses an event that JSON cannot hold', async () => {
    const circle: { self?: object } = {}
    circle.self = circle
    const handler = async (_: object) => {}
    for (const event of [circle, { count: 1n }])
      await expect(invoke(handler, event)).rejects.toMatchObject({ code: 'INVALID_VALUE' })
  })

  it('passes on what the handler throws, as a rejection', async () => {
    const handler = (): string => {
      throw new TypeError('broken')
    }
    await expect(invoke(handler, undefined)).rejects.toThrow(new TypeError('broken'))
  })
})

describe('lambdaContext', () => {
  it('counts the remaining time down to 0', async () => {
    const context = lambdaContext({ timeoutMilliseconds: 30 })
    expect(context.getRemainingTimeInMillis()).toBeLessThanOrEqual(30)
    const timer = setInterval(() => {}, 5)
    while (context.getRemainingTimeInMillis() > 0) await new Promise(setImmediate)
    clearInterval(timer)
    expect(context.getRemainingTimeInMillis()).toBe(0)
  })
})

// After useLocal's own: hooks of this kind run in the order they were given.
afterAll(() => {
  expect(process.env['AWS_PROFILE']).toBe('production')
  expect(process.env['AWS_ENDPOINT_URL']).toBeUndefined()
})
