import { type ParserPlugin, parse as parseText } from '@babel/parser'
import traverse, { type NodePath } from '@babel/traverse'
import type { Program } from '@babel/types'

export const isTypeScript = (file: string): boolean => /\.[mc]?tsx?$/.test(file)

/** Why a text is no program. */
export class ParseError extends Error {
  override readonly name = 'ParseError'
}

/** The program in a file, with its scopes. @throws {ParseError} */
export function parse(text: string, file: string): NodePath<Program> {
  // The old decorators are those of parameters; `export @decorator class` is only among the new ones.
  const attempts = (['decorators-legacy', 'decorators'] as const).map(
    (plugin) => () => attempt(text, file, plugin),
  )
  let failure: unknown
  for (const run of attempts) {
    try {
      return run()
    } catch (error) {
      failure ??= error
    }
  }
  throw new ParseError(reasonOf(failure))
}

function attempt(text: string, file: string, decorators: ParserPlugin): NodePath<Program> {
  const language: ParserPlugin[] = isTypeScript(file)
    ? ['typescript', ...(file.endsWith('.tsx') ? (['jsx'] as const) : [])]
    : ['jsx']
  const ast = parseText(text, {
    sourceType: 'unambiguous',
    allowReturnOutsideFunction: true,
    allowImportExportEverywhere: false,
    plugins: [...language, decorators],
  })
  let program: NodePath<Program> | undefined
  traverse(ast, {
    Program(path) {
      program = path
      path.stop()
    },
  })
  return program as NodePath<Program>
}

/** The parser's words with the place, and never the line itself: it may hold a secret. */
function reasonOf(failure: unknown): string {
  const { message, loc } = failure as { message?: string; loc?: { line: number; column: number } }
  const [first = ''] = (message ?? String(failure)).split('\n')
  return loc === undefined
    ? first
    : `${first.replace(/ \(\d+:\d+\)$/, '')} (line ${loc.line}, column ${loc.column + 1})`
}
