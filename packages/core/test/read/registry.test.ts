import { afterEach, describe, expect, it } from '@jest/globals'
import { createSecrets, json } from '@secrets-cache/core'
import { createReader, describeDeclaredKey, openRegistry } from '@secrets-cache/core/internal'
import { createCache, memorySource, scriptedSource } from '@secrets-cache/core/testing'

const symbol = Symbol.for('@secrets-cache/core/registry/1')
const shared = globalThis as { [symbol]?: unknown[] | undefined }

afterEach(() => {
  shared[symbol] = undefined
})

describe('openRegistry', () => {
  it('hears of every reader that is made from then on: what made it, its keys, its time', () => {
    const source = memorySource({})
    createSecrets({ source, secrets: { before: 'a' } })
    const registry = openRegistry()
    createReader('secretsCache', { source, secrets: { db: json('prod/db') }, timeoutMilliseconds: 700 })
    createReader('parametersCache', { source, parameters: { hosts: '/hosts' } })

    expect(registry.map(({ maker, context }) => [maker, context.timeoutMilliseconds])).toEqual([
      ['secretsCache', 700],
      ['parametersCache', 2_000],
    ])
    expect(registry.flatMap(({ keys }) => keys.map(describeDeclaredKey))).toMatchObject([
      { view: 'secrets', key: 'db', id: 'prod/db', format: 'json', source: 'memory' },
      { view: 'parameters', key: 'hosts', id: '/hosts', source: 'memory' },
    ])
  })

  it('hears of a reader of names that are known only at run time: it has no keys', () => {
    const registry = openRegistry()
    createSecrets({ source: memorySource({}) })
    expect(registry).toMatchObject([{ maker: 'createSecrets', keys: [] }])
  })

  it('keeps readers from prefetching', () => {
    const source = scriptedSource()
    const make = () => createReader('secretsCache', { source, cache: createCache(), secrets: { a: 'a' } })
    openRegistry()
    make()
    expect(source.calls).toHaveLength(0)

    shared[symbol] = undefined
    make()
    expect(source.calls).toHaveLength(1)
  })

  it('is the array that another copy of the package finds under its symbol', () => {
    expect(openRegistry()).toBe(shared[symbol])
    expect(openRegistry()).toBe(openRegistry())
  })

  it('has nothing of a declaration that was refused', () => {
    const registry = openRegistry()
    expect(() => createSecrets({ source: memorySource({}), secrets: { a: 'null/a' } })).toThrow('null')
    expect(registry).toEqual([])
  })
})
