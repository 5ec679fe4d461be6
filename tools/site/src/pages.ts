import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository, with a slash at its end. */
export const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Which Markdown of the repository is a page of the site, and which: read where it stands, never copied. */
const places: readonly (readonly [pattern: string, page: (file: string) => string])[] = [
  ['README.md', () => 'index.md'],
  ['CHANGELOG.md', () => 'changelog.md'],
  ['docs/*.md', (file) => file.slice('docs/'.length)],
  ['docs/decisions/*.md', (file) => file.slice('docs/'.length)],
  ['packages/*/README.md', (file) => file.replace('/README', '')],
  ['examples/README.md', () => 'examples/index.md'],
  ['examples/*/README.md', (file) => file.replace('/README', '')],
  ['tools/site/reference/*.md', (file) => file.slice('tools/site/'.length)],
]

/** Pages by the file that they are read from. */
export const pages: ReadonlyMap<string, string> = new Map(
  places.flatMap(([pattern, page]) =>
    globSync(pattern, { cwd: root })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => !isPrivate(file))
      .map((file) => [file, page(file)] as const),
  ),
)

/** What is not published has a README for those who work on it. */
function isPrivate(file: string): boolean {
  const [, folder] = /^packages\/([^/]+)\//.exec(file) ?? []
  return folder !== undefined && readManifest(`packages/${folder}/package.json`).private === true
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly repository?: { readonly url: string }
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>>
}
export function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(root + file, 'utf8')) as Manifest
}

/** Where the repository is on GitHub. */
export const github = (readManifest('package.json').repository?.url ?? '').replace(/^git\+|\.git$/g, '')
export const { version } = readManifest('packages/core/package.json')

/**
 * Where a link of a page leads on the site: a path, relative or on GitHub, that is a page here leads to that page, what is
 * another file of the repository to GitHub. A path that does not exist is an error.
 */
export function siteLink(link: string, file: string): string {
  const isOnGitHub = link.startsWith(github)
  if (link.startsWith('#') || (/^[a-z]+:/.test(link) && !isOnGitHub)) return link
  const [path = '', anchor] = (isOnGitHub ? link.slice(github.length) : link).split('#')
  if (isOnGitHub && path === '/issues') return link
  const target = isOnGitHub
    ? path.replace(/^\/(?:blob|tree)\/main\//, '')
    : posix.normalize(posix.join(posix.dirname(file), path))
  const found = target === '' ? 'README.md' : target.replace(/\/$/, '')
  if (!existsSync(root + found)) throw new Error(`${file} links to ${link}; there is no ${found}.`)
  const isFolder = statSync(root + found).isDirectory()
  const page = pages.get(isFolder ? posix.join(found, 'README.md') : found)
  const rest = anchor === undefined || (page && anchor === 'readme') ? '' : `#${anchor}`
  return page ? `/${page}${rest}` : `${github}/${isFolder ? 'tree' : 'blob'}/main/${found}${rest}`
}

/** The first heading of a page. */
export function titleOf(file: string): string {
  const [, title = file] = /^# (.*)$/m.exec(readFileSync(root + file, 'utf8')) ?? []
  return title.replaceAll(/[`\\]/g, '').replace(/^(\d+)\. /, '$1 ')
}
