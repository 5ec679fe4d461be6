import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import ts from 'typescript'

// What is exported is public. A name that is new or gone changes the snapshot, which then has to be looked at.

const packages = fileURLToPath(new URL('../../', import.meta.url))

type Conditions = Readonly<Record<string, string>>

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly typesVersions?: { readonly '*': Readonly<Record<string, readonly string[]>> }
  readonly exports: Readonly<Record<string, Conditions>>
  readonly publishConfig: { readonly exports: Readonly<Record<string, Conditions>> }
}

const published = readdirSync(packages)
  .map((folder) => ({
    folder,
    manifest: JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8')) as Manifest,
  }))
  .filter(({ manifest }) => manifest.private !== true)

const entries = published.flatMap(({ folder, manifest }) =>
  Object.entries(manifest.exports).map(([path, { '@secrets-cache/source': source = '', ...conditions }]) => ({
    id: join(manifest.name, path),
    path,
    manifest,
    source: join(packages, folder, source),
    conditions,
  })),
)
/** What is under `/internal` may change with each version. */
const publicEntries = entries.filter(({ path }) => !path.startsWith('./internal'))

const program = ts.createProgram(
  entries.map(({ source }) => source),
  {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ['@secrets-cache/source'],
    allowImportingTsExtensions: true,
    noEmit: true,
    types: ['node'],
  },
)
const checker = program.getTypeChecker()

/** The exports of a file: `name`, or `type Name` for what is there for the compiler only. */
function exportsOf(file: string): readonly string[] {
  const symbol = checker.getSymbolAtLocation(program.getSourceFile(file) as ts.SourceFile) as ts.Symbol
  return checker
    .getExportsOfModule(symbol)
    .map((one) => {
      const { flags } = one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one
      return flags & ts.SymbolFlags.Value ? one.name : `type ${one.name}`
    })
    .sort()
}

describe('the exports of', () => {
  it.each(publicEntries.map(({ id, source }) => [id, source]))('%s', (_, file) => {
    expect(exportsOf(file)).toMatchSnapshot()
  })

  it('@secrets-cache/middy are few enough to read', () => {
    const { source } = entries.find(({ id }) => id === '@secrets-cache/middy') as (typeof entries)[number]
    expect(exportsOf(source).length).toBeLessThanOrEqual(65)
  })
})

// A Node that can require ES modules takes the first, bundlers the second; Lambda's require() the last.
describe('every entry', () => {
  it.each(entries.map((entry) => [entry.id, entry] as const))(
    '%s is an ES module and a CommonJS one',
    (_, entry) => {
      const { conditions, manifest, path } = entry
      const module = conditions['import'] as string
      const require = module.replace(/\.js$/, '.cjs')
      expect(module).toMatch(/^\.\/dist\/[\w-]+\.js$/)
      expect(Object.entries(conditions)).toEqual(
        Object.entries({ 'module-sync': module, module, import: module, require }),
      )
      expect(manifest.publishConfig.exports[path]).toEqual(conditions)
      // For TypeScript that does not read exports.
      if (path !== '.') {
        const types = manifest.typesVersions?.['*'][path.slice(2)]
        expect(types).toEqual([module.replace(/\.js$/, '.d.ts')])
      }
    },
  )
})
