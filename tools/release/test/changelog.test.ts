import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { addToChangelog, type Change, sectionOf } from '../src/changelog.ts'

const changes: readonly Change[] = [
  { bump: 'patch', packages: ['sdk'], summary: 'Mends one thing.' },
  { bump: 'minor', packages: ['core', 'middy'], summary: 'Brings another,\nin two lines:\n\n- and a list.' },
]

describe('sectionOf', () => {
  it('has what is new before what is mended, each with its packages', () => {
    expect(sectionOf('1.2.0', changes)).toBe(
      [
        '## 1.2.0',
        '',
        '### New',
        '',
        '- **core, middy**: Brings another,\n  in two lines:\n\n  - and a list.',
        '',
        '### Mended',
        '',
        '- **sdk**: Mends one thing.',
        '',
      ].join('\n'),
    )
  })
})

describe('addToChangelog', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'secrets-cache-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('puts a version above the older ones', async () => {
    const file = join(folder, 'CHANGELOG.md')
    await writeFile(file, '# Changelog\n\nAll packages have one version.\n')
    addToChangelog(file, '## 1.0.0\n\n- one\n')
    addToChangelog(file, '## 1.1.0\n\n- two\n')
    expect(await readFile(file, 'utf8')).toBe(
      '# Changelog\n\nAll packages have one version.\n\n## 1.1.0\n\n- two\n\n## 1.0.0\n\n- one\n',
    )
  })
})
