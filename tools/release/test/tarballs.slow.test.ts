import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { linted, packAll, typesOf } from '../src/check.ts'
import { wrongFiles } from '../src/file-list.ts'
import { readPlace } from '../src/place.ts'
import { root } from '../src/published.ts'
import type { Tarball } from '../src/tarball.ts'
import { wrongContent } from '../src/wrong-content.ts'

// What people look at before they install a package: what is in it, and whether its entries resolve, everywhere.
jest.setTimeout(240_000)

let folder: string
let tarballs: readonly Tarball[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-cache-'))
  tarballs = await packAll(root, folder)
})
afterAll(() => rm(folder, { recursive: true }))

/** What a check says of each tarball. */
const each = async (check: (tarball: Tarball) => readonly string[] | Promise<readonly string[]>) => {
  const found: [string, readonly string[]][] = []
  for (const tarball of tarballs) found.push([tarball.manifest.name, await check(tarball)])
  return found.filter(([, wrong]) => wrong.length > 0)
}

describe('the tarballs', () => {
  it('are those of every published package, those first that the others need', () => {
    const names = tarballs.map(({ manifest }) => manifest.name.split('/')[1] as string)
    expect([...names].sort()).toEqual(['cdk', 'cli', 'core', 'direct', 'extension', 'local', 'middy', 'sdk'])
    expect(names.indexOf('core')).toBeLessThan(names.indexOf('extension'))
    expect(names.indexOf('extension')).toBeLessThan(names.indexOf('middy'))
    expect(names.indexOf('sdk')).toBeLessThan(names.indexOf('cli'))
  })

  it('hold the files that files.json lists', async () => {
    expect(await each((tarball) => wrongFiles(tarball))).toEqual([])
  })

  it('hold licences and nothing of this machine, of tests or of the workspace', async () => {
    expect(await each((tarball) => wrongContent(tarball, readPlace()))).toEqual([])
  })

  it('have nothing that publint refuses or suggests', async () => {
    expect(await each(linted)).toEqual([])
  })

  it('have types that resolve in every way that TypeScript has', async () => {
    expect(await each(typesOf)).toEqual([])
  })
})
