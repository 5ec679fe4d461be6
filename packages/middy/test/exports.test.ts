import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import ts from 'typescript'

// What is exported is public. A name that is new or gone changes the snapshot, which then has to be looked at.

const packages = fileURLToPath(new URL('../../', import.meta.url))

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly exports: Readonly<Record<string, { readonly '@secrets-cache/source': string }>>
}

const entries = new Map(
  readdirSync(packages).flatMap((folder) => {
    const manifest = JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8')) as Manifest
    return manifest.private
      ? []
      : Object.entries(manifest.exports).map(
          ([path, { '@secrets-cache/source': source }]) =>
            [join(manifest.name, path), join(packages, folder, source)] as const,
        )
  }),
)

const program = ts.createProgram([...entries.values()], {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  customConditions: ['@secrets-cache/source'],
  allowImportingTsExtensions: true,
  noEmit: true,
  types: ['node'],
})
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
  it.each([...entries])('%s', (_, file) => {
    expect(exportsOf(file)).toMatchSnapshot()
  })

  it('@secrets-cache/middy are few enough to read', () => {
    expect(exportsOf(entries.get('@secrets-cache/middy') as string).length).toBeLessThanOrEqual(65)
  })
})
