import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { findValuesFile } from '../src/files/find-values-file.ts'

describe('findValuesFile', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'secrets-cache-local-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const write = async (...files: readonly string[]) => {
    for (const file of files) {
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await writeFile(join(folder, file), '{}')
    }
  }
  const find = (place: string) => findValuesFile(join(folder, place))?.slice(folder.length + 1)

  it('takes the file of the folder before one above it', async () => {
    await write('.git/HEAD', 'values.json', 'a/b/values.yaml', 'a/b/index.ts')
    expect(find('a/b')).toBe('a/b/values.yaml')
    expect(find('a')).toBe('values.json')
  })

  it.each([
    ['a repository', ['.git/HEAD']],
    ['a pnpm workspace', ['pnpm-workspace.yaml']],
  ])('looks up to the root of %s, and not above it', async (_, marks) => {
    await write(
      'values.json',
      ...marks.map((mark) => `root/${mark}`),
      'root/a/package.json',
      'root/a/src/index.ts',
    )
    expect(find('root/a/src')).toBeUndefined()
    await write('root/values.yml')
    expect(find('root/a/src')).toBe('root/values.yml')
  })

  it('looks up to the root of an npm workspace', async () => {
    await write('values.json', 'root/a/package.json', 'root/a/index.ts')
    await writeFile(join(folder, 'root/package.json'), '{"workspaces":["a"]}')
    expect(find('root/a')).toBeUndefined()
    await write('root/values.env')
    expect(find('root/a')).toBe('root/values.env')
  })

  it('looks up to the package where there is no repository, and in the folder alone where there is no package', async () => {
    await write('values.json', 'a/package.json', 'a/src/index.ts', 'b/c/index.ts')
    expect(find('a/src')).toBeUndefined()
    expect(find('b/c')).toBeUndefined()
    await write('a/values.json')
    expect(find('a/src')).toBe('a/values.json')
  })

  it('takes no notice of a package.json that is not JSON', async () => {
    await write('values.json', 'a/index.ts')
    await writeFile(join(folder, 'package.json'), '{')
    expect(find('a')).toBe('values.json')
  })
})
