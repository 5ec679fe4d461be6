import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type ProjectReflection, ReflectionKind } from 'typedoc'
import ts from 'typescript'
import { root } from './pages.ts'
import { publicEntries } from './public-entries.ts'

/** What examples name and do not make: things of the reader's own, and of libraries. */
const given = `
import * as hooks from 'node:test'
declare const context: { secrets: { db: { user: string; password: string } } }
declare const query: (db: { user: string }) => Promise<string>
declare const createPool: (db: { user: string }) => { end(): Promise<void> }
declare const handler: (event: any, context: any) => Promise<object>
declare const charge: (key: string) => Promise<object>
declare const httpErrorHandler: () => object
declare const error: unknown
declare const ready: { url: string }
declare const it: (name: string, test: () => Promise<unknown>) => void
declare const expect: (value: unknown) => any
declare const fn: any
declare const setup: any
declare const secrets: any
declare const parameters: any
interface Credentials { readonly user: string; readonly password: string }
`

/** The public functions without an example, and the examples that do not compile. */
export function wrongExamples(project: ProjectReflection): readonly string[] {
  const examples = project.getReflectionsByKind(ReflectionKind.Function).flatMap((one) => {
    const signatures = one.isDeclaration() ? (one.signatures ?? []) : []
    const tags = signatures.flatMap(({ comment }) => comment?.blockTags ?? [])
    const found = tags.filter(({ tag }) => tag === '@example')
    const texts = found.map(({ content }) => content.map(({ text }) => text).join(''))
    return texts.length === 0
      ? [{ name: one.getFullName(), code: undefined }]
      : texts.map((code) => ({ name: one.getFullName(), code }))
  })
  const files = new Map(
    examples.flatMap(({ name, code }, index) =>
      code === undefined
        ? []
        : [
            [
              `${root}packages/middy/example-${index}.ts`,
              { name, text: fileOf(code, name.split('.')[0] as string) },
            ] as const,
          ],
    ),
  )
  const missing = examples
    .filter(({ code }) => code === undefined)
    .map(({ name }) => `${name} has no example`)
  return [...missing, ...complaints(files)]
}

/** An example as a module: it imports what it uses of ours, from the entry that a reader would take. */
function fileOf(example: string, page: string): string {
  const entryOf = entriesFrom(page)
  const code = example.replaceAll(/^```\w*$/gm, '').trim()
  const imports = [...code.matchAll(/^import .*$/gm)].map(([line]) => line)
  const body = code.replaceAll(/^import .*$/gm, '')
  const imported = new Set(imports.flatMap((line) => line.match(/\w+/g) ?? []))
  const declared = new Set([...body.matchAll(/\b(?:const|let|using) (?:\{ )?(\w+)/g)].map(([, name]) => name))
  const words = new Set(body.match(/\b[a-zA-Z]\w*\b/g))
  const ours = [...words].filter((word) => entryOf.has(word) && !imported.has(word) && !declared.has(word))
  const prelude = given
    .split('\n')
    .filter((line) => !declared.has(/declare const (\w+)/.exec(line)?.[1] ?? ''))
    .join('\n')
  const source = words.has('source') && !declared.has('source') ? scripted : ''
  return [
    ...imports,
    ...ours.map((word) => `import { ${word} } from '${entryOf.get(word)}'`),
    words.has('middy') ? "import middy from '@middy/core'" : '',
    source,
    words.has('local') && !declared.has('local') ? 'declare const local: any' : '',
    prelude,
    // A property by itself is a piece of options.
    /^\w+: /.test(body) ? `export const piece = { ${body} }` : body,
    'export {}',
  ].join('\n')
}

const scripted = `import { scriptedSource as makeSource } from '@secrets-cache/core/testing'\nconst source = makeSource()`

/** From which entry a name comes: the page's own, else the first that has it. */
function entriesFrom(page: string): ReadonlyMap<string, string> {
  const preferred = [
    page,

    'core',
    'core-testing',
    'extension',
    'direct',
    'sdk',
    'middy',
    'middy-config-file',
    'local',
    'local-testing',
    'cdk',
  ]
  const entries = preferred.flatMap((page) => publicEntries.filter((entry) => entry.page === page))
  const names = new Map<string, string>()
  for (const { id, source } of entries)
    for (const name of exportsOf(source)) if (!names.has(name)) names.set(name, id)
  return names
}

/** The names that a file exports, and those of the files that it exports whole. */
function exportsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8')
  const listed = [...text.matchAll(/export (?:type )?\{([^}]*)\}/gs)].flatMap(([, list = '']) =>
    list.split(',').map((one) => one.trim().replace(/^type /, '')),
  )
  const made = [...text.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name = '']) => name)
  const whole = [...text.matchAll(/^export \* from '(\..*)'$/gm)].flatMap(([, path = '']) =>
    exportsOf(join(dirname(file), path)),
  )
  return [...listed, ...made, ...whole].filter((name) => name !== '')
}

function complaints(
  files: ReadonlyMap<string, { readonly name: string; readonly text: string }>,
): readonly string[] {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2024,
    lib: ['lib.es2024.d.ts', 'lib.esnext.disposable.d.ts'],
    customConditions: ['@secrets-cache/source'],
    allowImportingTsExtensions: true,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [`${root}node_modules/@types`],
    // Examples are no part of a package; they find ours where the repository has them.
    paths: Object.fromEntries(publicEntries.map(({ id, source }) => [id, [source]])),
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (file) => files.has(file) || fileExists(file)
  host.readFile = (file) => files.get(file)?.text ?? readFile(file)
  host.getSourceFile = (file, version) =>
    files.has(file)
      ? ts.createSourceFile(file, files.get(file)?.text as string, version)
      : getSourceFile(file, version)
  const program = ts.createProgram([...files.keys()], options, host)
  return [...files].flatMap(([file, { name }]) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(
        ({ messageText }) => `the example of ${name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      ),
  )
}
