import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'

const packages = fileURLToPath(new URL('../../', import.meta.url))
const root = join(packages, '..')
const core = join(packages, 'core/src')

/** From the ground up: a folder imports only from those before it. */
const folders = [
  ...[
    'errors',
    'shared',
    'formats',
    'declare',
    'source',
    'aws',
    'cache',
    'keys',
    'view',
    'read',
    'permissions',
    'rotation',
    'testing',
  ],
]

/** What each package may import of ours. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  core: [],
  local: [],
  extension: ['core'],
  sdk: ['core'],
  direct: ['core'],
  middy: ['core', 'extension'],
  cli: ['core', 'local', 'sdk'],
  cdk: ['core'],
}

const sources = globSync('*/src/**/*.ts', { cwd: packages }).map((file) => join(packages, file))
const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import) '([^']+)'|import\('([^']+)'\)/g)].map(
    ([, named, dynamic]) => (named ?? dynamic) as string,
  )
const localImportsOf = (file: string) =>
  importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => join(dirname(file), name))

describe('the folders of core', () => {
  it('import only from the folders below them', () => {
    const folderOf = (file: string) => file.slice(core.length + 1).split('/')[0] as string
    const upward = sources
      .filter((file) => file.startsWith(core) && folders.includes(folderOf(file)))
      .flatMap((file) =>
        localImportsOf(file)
          .filter((imported) => folders.indexOf(folderOf(imported)) > folders.indexOf(folderOf(file)))
          .map((imported) => `${file.slice(core.length)} -> ${imported.slice(core.length)}`),
      )
    expect(upward).toEqual([])
  })

  it('are all named in docs/architecture.md', () => {
    const page = readFileSync(join(packages, '../docs/architecture.md'), 'utf8')
    for (const folder of folders) expect(page).toContain(`\`${folder}/\``)
  })
})

describe('the packages', () => {
  it.each(Object.entries(arrows))('%s imports of ours only %j', (name, allowed) => {
    const own = sources.filter((file) => file.startsWith(join(packages, name, 'src/')))
    const imported = own
      .flatMap(importsOf)
      .flatMap((each) => /^@secrets-cache\/([^/]+)/.exec(each)?.[1] ?? [])
    expect([...new Set(imported)].filter((each) => each !== name && !allowed.includes(each))).toEqual([])
  })
})

/** Tests, examples and tools too. */
const everything = globSync(['packages/*/*/**/*.{ts,tsx}', 'examples/**/*.ts', 'tools/**/*.ts', '.ci/*.ts'], {
  cwd: root,
  exclude: (name) => /(^|\/)(node_modules|dist)$/.test(name),
}).map((file) => join(root, file))

describe('the files', () => {
  it('import each other in no circle, those of tests, examples and tools neither', () => {
    const known = new Set(everything)
    const done = new Set<string>()
    const circleFrom = (file: string, way: readonly string[]): readonly string[] | undefined => {
      if (way.includes(file)) return [...way.slice(way.indexOf(file)), file]
      if (done.has(file)) return undefined
      for (const next of localImportsOf(file).filter((each) => known.has(each))) {
        const circle = circleFrom(next, [...way, file])
        if (circle) return circle
      }
      done.add(file)
      return undefined
    }
    const circles = everything.flatMap(
      (file) => circleFrom(file, [])?.map((each) => each.slice(root.length)) ?? [],
    )
    expect([...new Set(circles)]).toEqual([])
  })

  it('have 200 lines at most', () => {
    const ofPages = globSync('*/page/**/*.{ts,tsx,css}', { cwd: packages }).map((file) =>
      join(packages, file),
    )
    const long = [...sources, ...ofPages].filter(
      (file) => readFileSync(file, 'utf8').split('\n').length > 201,
    )
    expect(long.map((file) => file.slice(packages.length))).toEqual([])
  })
})
