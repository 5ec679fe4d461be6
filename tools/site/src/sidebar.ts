import { pages, titleOf } from './pages.ts'

interface Group {
  readonly text: string
  readonly collapsed?: boolean
  readonly items: readonly { readonly text: string; readonly link: string }[]
}

/** Pages of docs by what a reader wants; what is not named here stands under "More", so that no page is lost. */
const named: readonly (readonly [string, readonly string[]])[] = [
  ['Start', ['index', 'why', 'tutorial', 'choosing', 'migrating']],
  ['Do', ['testing', 'deploying', 'run', 'support', 'sizes']],
  ['Look up', ['errors', 'events', 'frozen-values', 'bench', 'changelog']],
  ['Understand', ['architecture', 'engine']],
]
const folders: readonly (readonly [string, RegExp])[] = [
  ['Reference', /^reference\//],
  ['Packages', /^packages\//],
  ['Examples', /^examples\//],
  ['Decisions', /^decisions\//],
]

const all = [...pages].map(([file, page]) => ({ file, page, name: page.replace(/\.md$/, '') }))
const itemOf = ({ file, page }: (typeof all)[number]) => ({
  text: titleOf(file).replace(/: .*/, ''),
  link: `/${page}`,
})

const ofNames: readonly Group[] = named.map(([text, names]) => ({
  text,
  items: names.flatMap((name) => all.filter((one) => one.name === name).map(itemOf)),
}))
const ofFolders: readonly Group[] = folders.map(([text, pattern]) => ({
  text,
  collapsed: true,
  items: all.filter(({ page }) => pattern.test(page)).map(itemOf),
}))
const listed = new Set([...ofNames, ...ofFolders].flatMap(({ items }) => items.map(({ link }) => link)))
const left = all.map(itemOf).filter(({ link }) => !listed.has(link))

export const sidebar: readonly Group[] = [
  ...ofNames,
  ...(left.length === 0 ? [] : [{ text: 'More', items: left }]),
  ...ofFolders,
]
