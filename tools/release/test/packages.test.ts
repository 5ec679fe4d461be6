import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { fieldsOf, isDecided, readPlace } from '../src/place.ts'
import { inOrder, type Published, readPublished, root } from '../src/published.ts'

const published = readPublished()
const place = readPlace()
const each = published.map((one) => [one.folder, one] as const)

describe('the package.json of', () => {
  it.each(each)('%s says where the package is from', (folder, { manifest }) => {
    expect(manifest).toMatchObject({ ...fieldsOf(place, folder), license: 'MIT', sideEffects: false })
    expect(manifest.keywords).toEqual(expect.arrayContaining(['aws']))
    expect(new Set(manifest.keywords).size).toBe(manifest.keywords?.length)
    expect([manifest.main, manifest.types]).toEqual(['./dist/index.cjs', './dist/index.d.ts'])
  })
})

describe('every file of the repository', () => {
  it('says the same place on GitHub', () => {
    const tracked = execFileSync('git', ['ls-files', '*.md', '*.json', '*.ts', '*.yml'], {
      cwd: root,
      encoding: 'utf8',
    })
    // Links to ours end in the repository's name, whoever is its owner.
    const [, name = ''] = place.split('/')
    const other = new RegExp(`github\\.com/(?!${place}\\b)[\\w.-]+/${name}\\b`)
    const files = tracked
      .trim()
      .split('\n')
      .filter((file) => existsSync(root + file) && !file.startsWith('tools/release/test/'))
    expect(files.filter((file) => other.test(readFileSync(root + file, 'utf8')))).toEqual([])
  })
})

/** Where the links of a page lead. */
function linksOf(page: string): readonly string[] {
  const text = readFileSync(root + page, 'utf8').replaceAll(/^```.*?^```/gms, '')
  const inline = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
  const defined = [...text.matchAll(/^\[[^\]]+\]: (\S+)$/gm)]
  return [...inline, ...defined].map(([, link]) => link as string)
}

describe('the README of', () => {
  // npm shows it on a page of its own, where a path of the repository leads nowhere.
  it.each(each)('%s has no relative link', (folder) => {
    const pages = [`packages/${folder}/README.md`, `packages/${folder}/THIRD-PARTY-NOTICES.md`]
    const links = pages.filter((page) => existsSync(root + page)).flatMap(linksOf)
    expect(links.filter((link) => !/^(?:https:\/\/|#)/.test(link))).toEqual([])
  })

  it.each(each)('%s links to files and headings of the repository that exist', (folder) => {
    const wrong = linksOf(`packages/${folder}/README.md`)
      .filter((link) => link.startsWith(`https://github.com/${place}`))
      .filter((link) => !leadsSomewhere(link.slice(`https://github.com/${place}`.length)))
    expect(wrong).toEqual([])
  })
})

function leadsSomewhere(path: string): boolean {
  const [, kind, file = '', anchor] = /^\/(tree|blob)\/main\/([^#]*)(?:#(.*))?$/.exec(path) ?? []
  if (!kind) return ['#readme', '/issues'].includes(path)
  if (!existsSync(root + file) || statSync(root + file).isDirectory() !== (kind === 'tree')) return false
  if (anchor === undefined || anchor === 'readme') return true
  // GitHub shows a folder's README below its files.
  const page = kind === 'tree' ? `${file.replace(/\/$/, '')}/README.md` : file
  const headings = [...readFileSync(root + page, 'utf8').matchAll(/^#+ (.*)$/gm)]
  return headings.some(([, heading = '']) => anchor === anchorOf(heading))
}

/** How GitHub makes an anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-')

describe('isDecided', () => {
  it('knows the owner that stands for nobody', () => {
    expect([isDecided('OWNER/secrets-cache'), isDecided('somebody/secrets-cache')]).toEqual([false, true])
  })
})

describe('inOrder', () => {
  const one = (folder: string, ...needed: string[]): Published => ({
    folder,
    manifest: {
      name: folder,
      version: '1.0.0',
      dependencies: Object.fromEntries(needed.map((name) => [name, '1.0.0'])),
    },
  })

  it('puts a package after those that it needs', () => {
    const all = [one('c', 'b', 'other'), one('b', 'a'), one('a')]
    expect(inOrder(all).map(({ folder }) => folder)).toEqual(['a', 'b', 'c'])
  })

  it('refuses packages that need each other', () => {
    expect(() => inOrder([one('a', 'b'), one('b', 'a')])).toThrow('depend on each other: a, b')
  })
})
