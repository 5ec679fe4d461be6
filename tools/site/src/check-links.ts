import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

/** Every link of a built page that leads to no page, or to no place on it. Links to elsewhere are not followed. */
export function deadLinks(folder: string, base: string): readonly string[] {
  const pages = globSync('**/*.html', { cwd: folder }).map((file) => file.replaceAll('\\', '/'))
  if (pages.length === 0) throw new Error(`${folder} holds no page.`)
  const places = new Map(
    pages.map((page) => [page, placesOf(readFileSync(join(folder, page), 'utf8'))] as const),
  )
  return pages.flatMap((page) =>
    linksOf(readFileSync(join(folder, page), 'utf8')).flatMap((link) => {
      if (/^[a-z]+:/.test(link)) return []
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : targetOf(path, page, base)
      if (target === undefined) return [`${page}: ${link} is not below ${base}`]
      const found = places.get(target)
      if (!found) return existsSync(join(folder, target)) ? [] : [`${page}: ${link} leads to no page`]
      if (anchor === undefined || anchor === '' || found.has(decodeURIComponent(anchor))) return []
      return [`${page}: ${link} leads to a page without that place`]
    }),
  )
}

function targetOf(path: string, page: string, base: string): string | undefined {
  const full = path.startsWith('/') ? path : posix.join(base, posix.dirname(page), path)
  if (!full.startsWith(base)) return undefined
  const file = full.slice(base.length)
  return file === '' || file.endsWith('/') ? `${file}index.html` : file
}

const placesOf = (html: string): ReadonlySet<string> =>
  new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => textOf(id as string)))

const linksOf = (html: string): readonly string[] => [
  ...new Set([...html.matchAll(/<a\b[^>]*? href="([^"]+)"/g)].map(([, href]) => textOf(href as string))),
]

const textOf = (attribute: string) => attribute.replaceAll('&amp;', '&').replaceAll('&#39;', "'")
