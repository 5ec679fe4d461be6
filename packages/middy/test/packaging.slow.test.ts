import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { packInto } from './helpers/user-project.ts'

// What people look at before they install a package: whether its entry points resolve, everywhere.
jest.setTimeout(120_000)

const programs = fileURLToPath(new URL('../node_modules/.bin', import.meta.url))
const run = async (program: string, ...given: string[]) => {
  const options = { env: { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '' } }
  const { stdout } = await promisify(execFile)(join(programs, program), given, options).catch(
    (error: { stdout: string }) => error,
  )
  return stdout
}

let folder: string
let tarballs: readonly string[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-cache-'))
  tarballs = await packInto(folder)
})
afterAll(() => rm(folder, { recursive: true }))

describe('the tarballs', () => {
  it('are those that a handler installs', () => {
    expect(tarballs.map((file) => basename(file).split('-')[2]).sort()).toEqual([
      'cli',
      'core',
      'direct',
      'extension',
      'local',
      'middy',
      'sdk',
    ])
  })

  it('have nothing that publint refuses or suggests', async () => {
    for (const tarball of tarballs) expect(await run('publint', '--strict', tarball)).toContain('All good!')
  })

  it('have types that resolve in every way that TypeScript has', async () => {
    for (const tarball of tarballs) {
      const { problems } = JSON.parse(await run('attw', tarball, '--format', 'json'))
      expect([basename(tarball), problems]).toEqual([basename(tarball), {}])
    }
  })
})
