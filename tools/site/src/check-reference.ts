import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from './pages.ts'
import { publicEntries } from './public-entries.ts'

/** The exported names that have no heading on the page of their entry; asked of the compiler, not of typedoc. */
export function missingNames(folder: string): readonly string[] {
  const program = ts.createProgram(
    publicEntries.map(({ source }) => source),
    {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      customConditions: ['@secrets-cache/source'],
      allowImportingTsExtensions: true,
      noEmit: true,
      types: ['node'],
      typeRoots: [`${root}node_modules/@types`],
    },
  )
  const checker = program.getTypeChecker()
  return publicEntries.flatMap(({ id, page, source }) => {
    const symbol = checker.getSymbolAtLocation(program.getSourceFile(source) as ts.SourceFile)
    const names = checker.getExportsOfModule(symbol as ts.Symbol).map(({ name }) => name)
    if (names.length === 0) throw new Error(`${source} exports nothing that the compiler knows of.`)
    const headings = headingsOf(join(folder, `${page}.md`))
    return names.filter((name) => !headings.has(name)).map((name) => `${id} exports ${name}`)
  })
}

/** `### abstract SecretsCacheError`, `### json()`, `### Declared<T>`: each name by itself. */
function headingsOf(file: string): ReadonlySet<string> {
  const headings = readFileSync(file, 'utf8').matchAll(/^#+ (?:`?abstract`? )?(\w+)/gm)
  return new Set([...headings].map(([, name]) => name as string))
}
