import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { NotFoundError, type Outcome } from '@secrets-cache/core'
import { startLocal } from '@secrets-cache/local'
import fc from 'fast-check'
import { referenceId } from '../src/functions/reference-id.ts'
import type { DeclaredKeyReport } from '../src/import/report.ts'
import { ignoredByGit } from '../src/pull/ignored-by-git.ts'
import { redacted } from '../src/pull/redact.ts'
import { valuesOf } from '../src/pull/values-of.ts'
import { writePrivately } from '../src/pull/write-privately.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-cache-pull-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('redacted', () => {
  it.each([
    ['', ''],
    ['s3cr3t', 'made-up-xxxxxxxx'],
    ['5432', '1234'],
    ['-3', '1'],
    ['2.75', '1.5'],
    ['false', 'true'],
    ['https://user:pw@db.internal:1/x?t=1', 'https://made-up.invalid/'],
    ['mysql://u:p@h/db', 'mysql://made-up.invalid/'],
    ['jane@corp.com', 'made-up@example.invalid'],
    ['10.1.2.3', '192.0.2.1'],
    ['db.internal', 'made-up.invalid'],
    ['c0ffee00-1111-4222-8333-444455556666', '00000000-0000-4000-8000-000000000000'],
    ['2024-05-06T07:08:09Z', '2000-01-01T00:00:00Z'],
    ['a,b,c', 'made-up,made-up,made-up'],
    [
      '{"user":"jane","ports":[5432,1],"on":false,"x":null}',
      '{"user":"made-up-xxxxxxxx","ports":[1234,1],"on":true,"x":null}',
    ],
    ['{"tok_9f8e7d6c5b":"jane"}', '{"key1":"made-up-xxxxxxxx"}'],
    ['{"broken', 'made-up-xxxxxxxx'],
  ])('makes of %j %j', (value, expected) => {
    expect(redacted(value)).toBe(expected)
  })

  it('keeps nothing of a text with a secret in it, in whichever form', () => {
    const canary = 'qz7'
    const around = fc.string({ maxLength: 12 }).map((text) => text.replaceAll(canary, ''))
    fc.assert(
      fc.property(around, around, (before, after) => {
        const text = `${before}${canary}${after}`
        expect(redacted(text)).not.toContain(canary)
        expect(redacted(JSON.stringify({ a: [text, { b: text }] }))).not.toContain(canary)
        expect(JSON.stringify(redacted({ name: text, list: [text] }))).not.toContain(canary)
      }),
    )
  })

  it('does not tell how long a text was', () => {
    expect(redacted('a'.repeat(17))).toHaveLength(32)
    expect(redacted('a'.repeat(30))).toHaveLength(32)
  })
})

const keyOf = (kind: 'secret' | 'parameter' | 'tree', id: string, more: object = {}) =>
  ({ kind, id, optional: false, ...more }) as DeclaredKeyReport
const got = (value: unknown): Outcome => ({ ok: true, value: value as never })

describe('valuesOf', () => {
  it('is a values file that the stand-in takes', async () => {
    const answers: [DeclaredKeyReport, Outcome][] = [
      [keyOf('secret', 'z'), got('{"a":1}')],
      [keyOf('secret', 'spaced'), got('{ "a": 1 }')],
      [keyOf('secret', 'bytes'), got(new Uint8Array([1, 2]))],
      [keyOf('secret', 'looks like bytes'), got('{"$binary":"AA=="}')],
      [keyOf('parameter', '/p'), got('text')],
      [keyOf('parameter', '/l'), got(['a', 'b'])],
      [keyOf('parameter', '/aws/reference/secretsmanager/s'), got('s')],
      [keyOf('tree', '/t'), got({ 'a/b': 'x', c: ['y'] })],
    ]
    const outcomes = new Map(answers.map(([key, outcome]) => [referenceId(key), outcome]))
    const { values, findings } = valuesOf(
      answers.map(([key]) => key),
      outcomes,
      false,
    )
    expect(findings).toEqual([
      expect.objectContaining({
        severity: 'note',
        message: expect.stringContaining('does not carry older versions'),
      }),
    ])
    expect(values).toEqual({
      secrets: {
        bytes: { $binary: 'AQI=' },
        'looks like bytes': '{"$binary":"AA=="}',
        s: 's',
        spaced: '{ "a": 1 }',
        z: { a: 1 },
      },
      parameters: { '/l': ['a', 'b'], '/p': 'text', '/t/a/b': 'x', '/t/c': ['y'] },
    })
    await using local = await startLocal(values as never)
    expect(local.url).toMatch(/^http/)
  })

  it('leaves out what could not be read, and what is not current', () => {
    const keys = [
      keyOf('secret', 'gone'),
      keyOf('secret', 'maybe', { optional: true }),
      keyOf('secret', 'old', { stage: 'AWSPREVIOUS' }),
    ]
    const missing: Outcome = { ok: false, error: new NotFoundError() }
    const outcomes = new Map(keys.map((key) => [referenceId(key), key.id === 'old' ? got('x') : missing]))
    const { values, findings } = valuesOf(keys, outcomes, false)
    expect(values).toEqual({ secrets: {}, parameters: {} })
    expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
      ['finding', 'gone is left out: NOT_FOUND.'],
      ['note', 'maybe is left out: NOT_FOUND.'],
      ['note', expect.stringContaining('current versions only')],
    ])
  })
})

describe('writePrivately', () => {
  it('writes a file for its owner alone, and leaves nothing beside it', async () => {
    const file = join(folder, 'values.json')
    await writePrivately(file, 'one', false)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['values.json'])
  })

  it('replaces a file only when it is told to', async () => {
    const file = join(folder, 'values.json')
    await writeFile(file, 'mine', { mode: 0o644 })
    await expect(writePrivately(file, 'new', false)).rejects.toThrow('exists already: --force replaces it')
    expect(await readFile(file, 'utf8')).toBe('mine')
    await writePrivately(file, 'new', true)
    expect([await readFile(file, 'utf8'), (await stat(file)).mode & 0o777]).toEqual(['new', 0o600])
    expect(await readdir(folder)).toEqual(['values.json'])
  })

  it('tells why it cannot be written', async () => {
    await expect(writePrivately(join(folder, 'none/a.json'), 'x', false)).rejects.toThrow(
      'cannot be written (ENOENT)',
    )
  })
})

describe('ignoredByGit', () => {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' })
  const file = () => join(folder, 'values.json')

  it('adds a file to .gitignore once', async () => {
    git('init', '--quiet')
    await writeFile(join(folder, '.gitignore'), 'node_modules')
    expect(await ignoredByGit(file())).toBe('added')
    expect(await ignoredByGit(file())).toBe('ignored')
    expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('node_modules\n/values.json\n')
  })

  it('refuses a file that git has already, and one that is taken back from what is ignored', async () => {
    git('init', '--quiet')
    await writeFile(file(), '{}')
    git('add', 'values.json')
    await expect(ignoredByGit(file())).rejects.toThrow('is tracked by git')
    git('rm', '--cached', '--quiet', 'values.json')
    await writeFile(join(folder, '.git/info/exclude'), '')
    expect(await ignoredByGit(file())).toBe('added')
  })

  it('has nothing to do outside of a repository', async () => {
    expect(await ignoredByGit(file())).toBe('no-repository')
  })
})
