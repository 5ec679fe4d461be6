import { inspect } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import { describe, expect, it } from '@jest/globals'
import { binary, createSecrets, derive, json } from '@secrets-cache/core'
import { memorySource } from '@secrets-cache/core/testing'
import { leaseViews } from '../../src/rotation/leases.ts'
import { harness } from '../helpers.ts'

const canary = 'canary-5f2a'

async function views() {
  const { secrets } = await createSecrets({
    source: memorySource({ secrets: { a: canary, b: { deep: [canary] }, c: new Uint8Array([1, 2, 3]) } }),
    cache: harness().cache,
    secrets: { text: 'a', config: json<{ deep: string[] }>('b'), bytes: binary('c') },
  }).read()
  return secrets
}

describe('a view', () => {
  it('gives the plain value of a key, read or destructured', async () => {
    const view = await views()
    const { text, config } = view

    expect(text).toBe(canary)
    expect(config).toEqual({ deep: [canary] })
    expect('text' in view).toBe(true)
  })

  const sinks: Record<string, (view: object) => unknown> = {
    'String()': String,
    'a template string': (view) => `${view}`,
    'JSON.stringify': (view) => JSON.stringify({ view }),
    'console.log': (view) => inspect(view),
    'inspect, as deep as it goes': (view) =>
      inspect({ view }, { depth: 9, showHidden: true, showProxy: true }),
    'inspect without its custom form': (view) => inspect(view, { customInspect: false, showHidden: true }),
    'inspect with getters': (view) => inspect(view, { getters: true, showHidden: true }),
    spreading: (view) => inspect({ ...view }),
    'Object.assign': (view) => inspect(Object.assign({}, view)),
    'Object.entries': (view) => inspect([Object.keys(view), Object.values(view), Object.entries(view)]),
    'for in': (view) => {
      const seen: unknown[] = []
      for (const key in view) seen.push(key, (view as Record<string, unknown>)[key])
      return inspect(seen)
    },
    'own property names and symbols': (view) =>
      inspect([Object.getOwnPropertyNames(view), Object.getOwnPropertySymbols(view)]),
    structuredClone: (view) => inspect(structuredClone(view), { showHidden: true }),
    'v8.serialize': (view) => inspect(deserialize(serialize(view))) + serialize(view).toString('latin1'),
    'an error that has it as its cause': (view) =>
      inspect(new Error('x', { cause: view }), { depth: 9, showHidden: true }),
    'a test diff': (view) => {
      try {
        expect(view).toBe(undefined)
      } catch (error) {
        return (error as Error).message
      }
      throw new Error('expected a diff')
    },
    URLSearchParams: (view) => String(new URLSearchParams(view as Record<string, string>)),
    'Object.fromEntries of a Map': (view) =>
      inspect(new Map([['view', view]]), { depth: 9, showHidden: true }),
    concatenation: (view) => ['', view].join('+'),
    'its prototype, walked': (view) =>
      inspect(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(view)), { depth: 9, showHidden: true }),
  }

  it.each(Object.entries(sinks))('shows no value to %s', async (_, sink) => {
    expect(sink(await views())).not.toContain(canary)
  })

  it('prints its keys', async () => {
    const view = await views()
    expect(inspect(view)).toBe("Secrets { text: '[redacted]', config: '[redacted]', bytes: '[redacted]' }")
    expect(JSON.stringify(view)).toBe('{"text":"[redacted]","config":"[redacted]","bytes":"[redacted]"}')
    expect(String(view)).toBe('[Secrets]')
    expect(Object.prototype.toString.call(view)).toBe('[object Secrets]')
  })

  it('has nothing to enumerate', async () => {
    const seen: string[] = []
    for (const key in await views()) seen.push(key)
    expect(seen).toEqual([])
  })

  it('cannot be changed, nor what it gives', async () => {
    const view = (await views()) as { config: { deep: string[] } }

    expect(() => Object.assign(view, { config: 1 })).toThrow(TypeError)
    expect(() => Object.assign(view, { more: 1 })).toThrow(TypeError)
    expect(() => view.config.deep.push('x')).toThrow(TypeError)
    expect(() => Object.assign(Object.getPrototypeOf(view), { more: 1 })).toThrow(TypeError)
    expect(() => Object.defineProperty(Object.getPrototypeOf(view), 'config', { value: 1 })).toThrow(
      TypeError,
    )
  })

  it('gives each reader its own copy of bytes', async () => {
    const view = await views()
    view.bytes[0] = 9

    expect([...view.bytes]).toEqual([1, 2, 3])
  })

  it('is equal, to a test, to any other view of its kind: compare its keys', async () => {
    const [one, other] = [await views(), await views()]
    expect(one).toEqual(other)
    expect(one).toHaveProperty('text', canary)
    expect(one).toMatchObject({ text: canary })
  })

  it('leaves nothing on globalThis that shows a value', async () => {
    const view = await views()
    derive(view, 'config', ({ deep }) => deep.length)
    derive(view, 'text', (value) => value.length)
    const release = leaseViews([view])
    const shared = Object.getOwnPropertySymbols(globalThis)
      .filter(({ description }) => description?.startsWith('@secrets-cache/'))
      .map((name) => (globalThis as Record<symbol, unknown>)[name])
    expect(shared.length).toBeGreaterThanOrEqual(2)
    expect(inspect(shared, { depth: 9, showHidden: true, getters: true })).not.toContain(canary)
    release()
  })

  it('is known, as its cache is, under a name by which another copy of the package finds it', async () => {
    await views()
    createSecrets({ source: memorySource({}), secrets: { a: 'a' }, prefetch: false }).clear()
    const shared = globalThis as { [name: symbol]: unknown }
    for (const name of ['views/3', 'cache/3'])
      expect(shared[Symbol.for(`@secrets-cache/core/${name}`)]).toBeDefined()
  })

  it('does not work on a foreign object', async () => {
    const { get } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(await views()), 'text') as {
      get: () => unknown
    }
    expect(() => get.call({})).toThrow(TypeError)
  })
})
