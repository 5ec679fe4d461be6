import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, jest } from '@jest/globals'
import { parse } from 'yaml'
import { skeletonOf } from '../src/run/skeleton.ts'
import { writeRepository } from './fixtures/write-repository.ts'
import { runCli } from './helpers/run-cli.ts'
import { makeFolder, showHere } from './run-here.ts'

// Processes have to start first, on a machine that may be busy.
jest.setTimeout(120_000)

const handler = (body: string) => `import { binary, json, list } from '@secrets-cache/core'
import { createSecrets, extension } from '@secrets-cache/middy'
const reader = createSecrets({
  source: extension(),
  secrets: { db: json('prod/orders/db'), key: 'prod/stripe/key', cert: binary('prod/cert') },
  parameters: { hosts: list('/prod/orders/hosts'), limits: json('/prod/limits'), name: '/prod/name' },
})
export const handler = async () => {
  ${body}
}`

const readAll = handler(`const { secrets, parameters } = await reader.read()
  return [Object.keys(secrets.db), secrets.key, secrets.cert.length, parameters.hosts, parameters.limits, parameters.name]`)

const run = (folder: string, ...given: string[]) => runCli(folder, ['run', '.', '--timeout', '60s', ...given])

describe('the skeleton of a values file', () => {
  it('is printed once where there is none, and is all that the function needs', async () => {
    await using made = await writeRepository({ 'index.js': readAll })
    const { stdout, status } = await run(made.folder, '--times', '2')
    expect(status).toBe(1)
    const [before = '', after = '', ...more] = stdout.split(/^Save this .*\n\n/m)
    expect([before.includes('there is no values file'), more]).toEqual([true, []])
    const skeleton = after.slice(0, after.search(/^warm/m))
    await writeFile(join(made.folder, 'values.yaml'), skeleton)
    const again = await run(made.folder)
    expect([again.status, again.stdout]).toEqual([0, expect.stringContaining('"change-me"')])
    expect(again.stdout).not.toContain('Save this')
  })

  it('has what a function reads by a name that is known only then', async () => {
    await using made = await writeRepository({ 'index.js': handler("return reader.get('prod/tenant')") })
    const { stdout } = await run(made.folder)
    expect(stdout).toContain('  prod/tenant: change-me')
  })

  it('is left out with --json', async () => {
    await using made = await writeRepository({ 'index.js': readAll })
    const { stdout } = await run(made.folder, '--json')
    for (const line of stdout.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('event')
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
      'functions/one/package.json': '{}',
      '.git/HEAD': '',
    })
    const { lines } = await showHere(join(made.folder, 'functions/one'))
    expect(lines[0]).toMatch(/^index\.handler, 1 secret and 0 parameters of .*values\.yaml$/)
  })

  it('is not named where it is in the folder', async () => {
    const { lines } = await showHere(
      fileURLToPath(new URL('../../../examples/plain-handler', import.meta.url)),
    )
    expect(lines[0]).toMatch(/^\w+\.handler, \d+ secrets? and \d+ parameters?$/)
  })
})
