import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, jest } from '@jest/globals'
import { parse } from 'yaml'
import { skeletonOf } from '../src/run/skeleton.ts'
import { makeFolder, showHere } from './run-here.ts'

// Processes have to start first, on a machine that may be busy.
jest.setTimeout(120_000)

/** A function of this repository: its packages are found from here. */
const example = new URL('../../../examples/hello-secret/', import.meta.url)

const handler = `import { binary, createSecrets, json, list } from '${new URL('../../core/src/index.ts', import.meta.url)}'
import { extension } from '${new URL('../../extension/src/index.ts', import.meta.url)}'
const reader = createSecrets({
  source: extension(),
  secrets: { db: json('prod/orders/db'), key: 'prod/stripe/key', cert: binary('prod/cert') },
  parameters: { hosts: list('/prod/orders/hosts'), limits: json('/prod/limits'), name: '/prod/name' },
})
export const handler = async () => {
  const { secrets, parameters } = await reader.load()
  return [Object.keys(secrets.db), secrets.key, secrets.cert.length, parameters.hosts, Object.keys(parameters.limits), parameters.name]
}`

describe('the skeleton of a values file', () => {
  it('is printed where there is none, and is all that the function needs', async () => {
    await using made = await makeFolder({ 'index.mjs': handler })
    const { lines, code } = await showHere(made.folder, '--times', '2')
    expect(code).toBe(1)
    const told = lines.flatMap((line, index) => (line.startsWith('Save this beside') ? [index] : []))
    expect(told).toHaveLength(1)
    const from = (told[0] as number) + 2
    const skeleton = lines.slice(
      from,
      lines.findIndex((line, index) => index > from && /^(warm|$)/.test(line)),
    )
    await writeFile(join(made.folder, 'values.yaml'), skeleton.join('\n'))
    const again = await showHere(made.folder)
    expect([again.code, again.lines.join('\n')]).toEqual([0, expect.stringContaining('"change-me"')])
    expect(again.lines.filter((line) => line.startsWith('Save'))).toEqual([])
  })

  it('has what a function reads by a name that is known only then', async () => {
    const dynamic = handler.replace(
      'const { secrets, parameters } = await reader.load()',
      "return reader.get('prod/tenant')",
    )
    await using made = await makeFolder({ 'index.mjs': dynamic })
    const { lines } = await showHere(made.folder)
    expect(lines).toContain('  prod/tenant: change-me')
  })

  it('is a values file of the stand-in, for every kind of value', () => {
    const keys = [
      { kind: 'secret', id: 'a: b', format: 'text' },
      { kind: 'tree', id: '/', format: 'tree' },
      { kind: 'tree', id: '/app', format: 'tree' },
      { kind: 'parameter', id: '/aws/reference/secretsmanager/x', format: 'text' },
      { kind: 'parameter', id: '/n', format: 'json' },
    ] as const
    expect(parse(skeletonOf(keys))).toEqual({
      secrets: { 'a: b': 'change-me', x: 'change-me' },
      parameters: {
        '/change-me': 'change-me',
        '/app/change-me': 'change-me',
        '/n': '{"change-me":"change-me"}',
      },
    })
  })
})

describe('a values file above the function', () => {
  it('is used, and named', async () => {
    await using made = await makeFolder({
      'package.json': '{}',
      'values.yaml': 'secrets: { prod/a: x }',
      'functions/one/index.mjs': 'export const handler = async () => 1',
    })
    const { lines } = await showHere(join(made.folder, 'functions/one'))
    expect(lines[0]).toMatch(/^index\.handler, 1 secret and 0 parameters of .*values\.yaml$/)
  })

  it('is not named where it is in the folder', async () => {
    const { lines } = await showHere(new URL('handler.ts', example).pathname)
    expect(lines[0]).toMatch(/^handler\.handler, \d+ secrets? and \d+ parameters?$/)
  })
})
