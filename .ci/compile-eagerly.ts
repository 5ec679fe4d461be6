import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Node, parse } from 'acorn'
import { full } from 'acorn-walk'
import MagicString from 'magic-string'

/**
 * Puts in parentheses each function of the built files that `script`, an ES module, runs.
 *
 * V8 skips a function's body when it loads a file, and reads it again when the function is first called. It takes
 * parentheses for a sign that the call comes at once, and compiles the function right away. esbuild keeps them when a
 * user bundles the files once more. What never runs in a cold start stays as it is: compiling it would cost more.
 */
export function compileEagerly(files: readonly string[], script: string, variables: NodeJS.ProcessEnv): void {
  const ran = functionsRunBy(script, variables)
  for (const file of files) {
    const source = readFileSync(file, 'utf8')
    const offsets = ran.get(pathToFileURL(realpathSync(file)).href)
    if (!offsets) throw new Error(`The script does not load ${file}.`)
    writeFileSync(file, wrapped(source, offsets))
  }
}

/** The first and last offset of each function that ran, by the URL of its file. */
function functionsRunBy(script: string, variables: NodeJS.ProcessEnv): Map<string, Set<string>> {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-cache-coverage-'))
  try {
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      env: { PATH: process.env['PATH'], ...variables, NODE_V8_COVERAGE: folder },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const scripts = readdirSync(folder).flatMap((name) => coverageIn(join(folder, name)))
    return new Map(scripts.map(({ url, functions }) => [url, new Set(functions.flatMap(offsetsIfRun))]))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface Coverage {
  readonly url: string
  readonly functions: readonly { readonly ranges: readonly Range[] }[]
}

interface Range {
  readonly startOffset: number
  readonly endOffset: number
  readonly count: number
}

function coverageIn(file: string): readonly Coverage[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as { result: readonly Coverage[] }).result
}

function offsetsIfRun({ ranges: [whole] }: Coverage['functions'][number]): readonly string[] {
  return whole && whole.count > 0 ? [keyOf(whole.startOffset, whole.endOffset)] : []
}

const keyOf = (start: number, end: number) => `${start}-${end}`

type FunctionNode = Node & { async: boolean; id?: { name: string } | null }

function wrapped(source: string, ran: ReadonlySet<string>): string {
  const text = new MagicString(source)
  const program = parse(source, { ecmaVersion: 'latest', sourceType: 'module' })
  const declarations = new Set<Node>(program.body)
  const top = program.body[0]?.start ?? 0
  full(program, (node) => {
    const { start, end, type, async, id } = node as FunctionNode
    if (!ran.has(keyOf(start, end))) return
    if (type === 'FunctionDeclaration' && declarations.has(node)) {
      // Hoisted, as the declaration was.
      text.prependRight(start, `var ${id?.name}=(`).appendLeft(end, ');\n')
      if (start > top) text.move(start, end, top)
    } else if (type === 'FunctionExpression' ? isExpression(source, start) : isArrow(type) && !async) {
      // V8 does not take parentheses around an async arrow function for a sign.
      text.prependRight(start, '(').appendLeft(end, ')')
    }
  })
  return text.toString()
}

const isArrow = (type: string) => type === 'ArrowFunctionExpression'

/** A method's value is such a node too, and begins with its parameters. */
const isExpression = (source: string, start: number) =>
  /^(?:async\s+)?function\b/.test(source.slice(start, start + 20))
