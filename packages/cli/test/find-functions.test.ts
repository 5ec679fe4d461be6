import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { givenEnvironment, processVariables } from '../src/functions/environment.ts'
import { findFunctions } from '../src/functions/find-functions.ts'

let folder: string
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'secrets-cache-find-')))
  const files = [
    'functions/api/index.ts',
    'functions/cron/src/handler.mjs',
    'functions/empty/readme.md',
    'functions/api/index.test.ts',
    'services/api/index.js',
    'lambdas.d/one.ts',
    'lambdas.d/two.ts',
    'lambdas.d/two.d.ts',
  ]
  for (const file of [...files, '.env']) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), 'A=1\nB="two words"\n')
  }
})
afterAll(() => rm(folder, { recursive: true }))

const found = (...places: string[]) =>
  findFunctions(places, {}, folder).map(({ name, file, folder: at }) => [
    name,
    relative(folder, file),
    relative(folder, at),
  ])

describe('findFunctions', () => {
  it('takes files, folders and patterns of both', () => {
    expect(found('functions/cron')).toEqual([['cron', 'functions/cron/src/handler.mjs', 'functions/cron']])
    expect(found('functions/*')).toEqual([
      ['api', 'functions/api/index.ts', 'functions/api'],
      ['cron', 'functions/cron/src/handler.mjs', 'functions/cron'],
    ])
    expect(found('lambdas.d/*.ts').map(([name]) => name)).toEqual(['one', 'two'])
    expect(found('functions/api', 'functions/api/index.ts')).toHaveLength(1)
  })

  it('looks in the usual folders when none is named, and tells two of one name apart', () => {
    const names = found().map(([name]) => name)
    expect(new Set(names).size).toBe(3)
    expect(names.map((name) => name?.split('/').slice(-2).join('/'))).toEqual([
      'functions/api',
      'cron',
      'services/api',
    ])
  })

  it.each([
    ['none', 'there is no such file or folder'],
    ['functions/empty', 'no handler. Looked for index, handler'],
    ['none/*', 'no function matches this pattern'],
  ])('refuses %s: %s', (place, message) => {
    expect(() => found(place)).toThrow(message)
  })
})

describe('givenEnvironment', () => {
  it('takes files and pairs, the last one first', () => {
    expect(givenEnvironment([join(folder, '.env')], ['B=x=y', 'C='])).toEqual({ A: '1', B: 'x=y', C: '' })
  })

  it('refuses what is no pair without quoting it, and a file that is not there', () => {
    const secret = () => givenEnvironment([], ['canary-1'])
    expect(secret).toThrow('--env takes NAME=value')
    expect(secret).not.toThrow('canary')
    expect(() => givenEnvironment([join(folder, 'none')], [])).toThrow('it cannot be read (ENOENT)')
  })
})

describe('processVariables', () => {
  it('gives a handler no credentials, and only what the template says where there is one', () => {
    const before = { ...process.env }
    Object.assign(process.env, {
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_PROFILE: 'x',
      AWS_REGION: 'eu-west-1',
      OWN: 'own',
    })
    try {
      const inherited = processVariables({ A: 'a' }, true, 'fn')
      expect(inherited).toMatchObject({
        OWN: 'own',
        AWS_REGION: 'eu-west-1',
        A: 'a',
        AWS_LAMBDA_FUNCTION_NAME: 'fn',
      })
      expect(Object.keys(inherited)).not.toEqual(expect.arrayContaining(['AWS_SECRET_ACCESS_KEY']))
      expect(inherited).not.toHaveProperty('AWS_PROFILE')
      const own = processVariables({ A: 'a' }, false, 'fn')
      expect(own).toHaveProperty('PATH')
      expect(own).not.toHaveProperty('OWN')
      expect(own).not.toHaveProperty('AWS_REGION')
    } finally {
      process.env = before
    }
  })
})
