import { describe, expect, it } from '@jest/globals'
import {
  binary,
  ConfigurationError,
  describeDeclared,
  firstOf,
  json,
  list,
  text,
  tree,
} from '@secrets-cache/core'
import { memorySource } from '@secrets-cache/core/testing'
import { z } from 'zod'

const nothing = {
  stage: undefined,
  versionId: undefined,
  version: undefined,
  label: undefined,
  decrypt: undefined,
  recursive: undefined,
}
const times = { maxAge: 300, staleWhileRevalidate: 0, staleIfError: 3_600 }

describe('describeDeclared', () => {
  it('tells of each key what is fetched, how it is read, and for how long it is served', () => {
    const described = describeDeclared({
      secrets: {
        plain: 'prod/a',
        db: json('prod/b', z.object({}), { stage: 'AWSPENDING', maxAge: 20 }),
        cert: binary('prod/c', { versionId: 'v-1' }),
      },
      parameters: {
        limit: text('/limit:3', { fallback: '7', decrypt: false }),
        hosts: list('/hosts', { label: 'live' }),
        below: tree('/below/', { recursive: true }),
      },
      staleWhileRevalidate: 60,
    })
    const both = { ...times, staleWhileRevalidate: 60 }
    const common = { ...nothing, ...both, hasSchema: false, optional: false, source: undefined }
    expect(described).toEqual([
      { ...common, view: 'secrets', key: 'plain', kind: 'secret', id: 'prod/a', format: 'text' },
      {
        ...common,
        view: 'secrets',
        key: 'db',
        kind: 'secret',
        id: 'prod/b',
        stage: 'AWSPENDING',
        format: 'json',
        hasSchema: true,
        maxAge: 20,
      },
      {
        ...common,
        view: 'secrets',
        key: 'cert',
        kind: 'secret',
        id: 'prod/c',
        versionId: 'v-1',
        format: 'binary',
      },
      {
        ...common,
        view: 'parameters',
        key: 'limit',
        kind: 'parameter',
        id: '/limit',
        version: 3,
        decrypt: false,
        format: 'text',
        optional: true,
      },
      {
        ...common,
        view: 'parameters',
        key: 'hosts',
        kind: 'parameter',
        id: '/hosts',
        label: 'live',
        decrypt: true,
        format: 'list',
      },
      {
        ...common,
        view: 'parameters',
        key: 'below',
        kind: 'tree',
        id: '/below',
        decrypt: true,
        recursive: true,
        format: 'tree',
      },
    ])
  })

  it('names the source where one is given, asks it nothing and shows no fallback', () => {
    const source = memorySource({})
    const described = describeDeclared({
      source: firstOf(source, memorySource({})),
      secrets: { a: text('a', { fallback: 'canary-5d1' }) },
    })
    expect(described).toMatchObject([{ source: 'firstOf(memory, memory)', optional: true }])
    expect(source.calls()).toBe(0)
    expect(JSON.stringify(described)).not.toContain('canary')
  })

  it('takes one view alone, and nothing at all', () => {
    expect(describeDeclared({ parameters: { a: '/a' } })).toHaveLength(1)
    expect(describeDeclared({})).toEqual([])
  })

  it.each([
    [{ secrets: { a: 'undefined/db' } }, 'a part of the name is "undefined"'],
    [{ secrets: { toJSON: 'a' } }, 'secrets.toJSON is a reserved key'],
    [{ secrets: {} }, 'secrets declares nothing'],
    [{ secert: {} }, 'describeDeclared has no option "secert"'],
    [{ secrets: { a: 'a' }, maxAge: -1 }, 'describeDeclared: maxAge'],
    [undefined, 'describeDeclared is undefined'],
  ])('refuses %j as the middleware does', (options, message) => {
    const describing = () => describeDeclared(options as never)
    expect(describing).toThrow(ConfigurationError)
    expect(describing).toThrow(message)
  })
})
