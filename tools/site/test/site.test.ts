import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { deadLinks } from '../src/check-links.ts'
import { mendAnchors } from '../src/mend-anchors.ts'
import { github, pages, siteLink } from '../src/pages.ts'
import { sidebar } from '../src/sidebar.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-cache-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function write(name: string, text: string) {
  await mkdir(dirname(join(folder, name)), { recursive: true })
  await writeFile(join(folder, name), text)
}

describe('deadLinks', () => {
  it('finds links to no page, to no place of a page, and out of the base', async () => {
    await write(
      'index.html',
      '<h1 id="top"></h1><a class="x" href="/b/a.html#one">1</a><a href="/b/a.html#two">2</a>',
    )
    await write(
      'a.html',
      '<h2 id="one"></h2><a href="/b/">1</a><a href="/b/c.html">2</a><a href="/a.html">3</a><a href="#no">4</a>',
    )
    await write(
      'deep/d.html',
      '<a href="../a.html#one">1</a><a href="https://elsewhere.example/">2</a><a href="e.html">3</a>',
    )
    expect([...deadLinks(folder, '/b/')].sort()).toEqual([
      'a.html: #no leads to a page without that place',
      'a.html: /a.html is not below /b/',
      'a.html: /b/c.html leads to no page',
      'deep/d.html: e.html leads to no page',
      'index.html: /b/a.html#two leads to a page without that place',
    ])
  })

  it('refuses a folder without pages, where nothing could be dead', () => {
    expect(() => deadLinks(folder, '/')).toThrow('holds no page')
  })
})

describe('siteLink', () => {
  it('leads to a page of the site where there is one, else to GitHub', () => {
    expect(siteLink('docs/errors.md#from-a-source', 'README.md')).toBe('/errors.md#from-a-source')
    expect(siteLink('../packages/middy', 'docs/choosing.md')).toBe('/packages/middy.md')
    expect(siteLink(`${github}/blob/main/docs/events.md`, 'packages/local/README.md')).toBe('/events.md')
    expect(siteLink(`${github}#readme`, 'packages/local/README.md')).toBe('/index.md')
    expect(siteLink('.github/SECURITY.md', 'README.md')).toBe(`${github}/blob/main/.github/SECURITY.md`)
    expect(siteLink('https://middy.js.org', 'README.md')).toBe('https://middy.js.org')
    expect(siteLink('#declaring', 'README.md')).toBe('#declaring')
  })

  it('refuses what is not in the repository', () => {
    expect(() => siteLink('docs/nothing.md', 'README.md')).toThrow('there is no docs/nothing.md')
  })
})

describe('the sidebar', () => {
  it('has every page once', () => {
    const links = sidebar.flatMap(({ items }) => items.map(({ link }) => link.slice(1)))
    expect([...links].sort()).toEqual([...pages.values()].sort())
    expect(links.filter((link) => link.startsWith('packages/')).length).toBe(8)
  })
})

describe('mendAnchors', () => {
  it('takes a number from a link whose heading stands once, and leaves it where it stands twice', async () => {
    const links = '[a](#name-1) [b](other.md#name-1) [c](#twice-1)'
    await write('page.md', `# Name\n\n## Twice\n\n## Twice\n\n${links}\n`)
    await write('other.md', '# Name\n')
    mendAnchors(folder)
    expect(await readFile(join(folder, 'page.md'), 'utf8')).toContain(
      '[a](#name) [b](other.md#name) [c](#twice-1)',
    )
  })
})
