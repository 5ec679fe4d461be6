import type { Binding, NodePath } from '@babel/traverse'
import type { Node, Program } from '@babel/types'
import { MagicString } from 'magic-string'
import type { Remark } from '../report.ts'
import { NewImports } from './new-imports.ts'
import { isTypeScript, parse } from './parse.ts'
import { type Style, styleOf } from './style.ts'

/** A file that is being migrated: its program, the edits so far, and what is to be said of them. */
export class Source {
  readonly text: string
  readonly program: NodePath<Program>
  readonly style: Style
  readonly isTypeScript: boolean
  readonly imports: NewImports
  readonly todos: Remark[] = []
  readonly left: Remark[] = []
  readonly notes = new Set<string>()
  /** Values whose type has been asserted. */
  readonly asserted = new Set<Node>()
  /** Types that an assertion named which is gone, and the types that were written instead. */
  readonly types = { dropped: new Set<string>(), written: [] as string[] }
  readonly #edits: MagicString
  readonly #written: string[] = []
  readonly #erased: { readonly start: number; readonly end: number }[] = []
  #isEdited = false

  constructor(text: string, file: string) {
    this.text = text
    this.program = parse(text, file)
    this.style = styleOf(text)
    this.isTypeScript = isTypeScript(file)
    this.imports = new NewImports(this.program)
    this.#edits = new MagicString(text)
  }

  /** Constants whose value is written elsewhere from now on: they go where nothing else uses them. */
  readonly spent = new Set<Binding>()

  /** A constant that a call is given, and that is read. */
  spend(path: NodePath): void {
    const binding = path.isIdentifier() ? path.scope.getBinding(path.node.name) : undefined
    if (binding?.kind === 'const') this.spent.add(binding)
  }

  get isEdited(): boolean {
    return this.#isEdited
  }

  replace(start: number, end: number, by: string): void {
    this.#isEdited = true
    this.#written.push(by)
    if (start === end) this.#edits.appendRight(start, by)
    else {
      if (by === '') this.#edits.remove(start, end)
      else this.#edits.update(start, end, by)
      this.#erased.push({ start, end })
    }
  }

  insert(at: number, added: string): void {
    this.#isEdited = true
    this.#written.push(added)
    this.#edits.appendLeft(at, added)
  }

  /** Before whatever else is inserted there. */
  insertBefore(at: number, added: string): void {
    this.#isEdited = true
    this.#written.push(added)
    this.#edits.appendRight(at, added)
  }

  /** Whether an edit has taken the place of a node. */
  isErased({ start, end }: Node): boolean {
    return this.#erased.some((range) => range.start <= Number(start) && Number(end) <= range.end)
  }

  /** Whether a name stands in something that an edit has written. */
  isWritten(name: string): boolean {
    return this.#written.some((text) =>
      new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(text),
    )
  }

  textOf({ start, end }: Node): string {
    return this.text.slice(Number(start), Number(end))
  }

  /** The spaces that the line of a position begins with. */
  indentAt(position: number): string {
    const start = this.text.lastIndexOf('\n', position - 1) + 1
    return /^[ \t]*/.exec(this.text.slice(start, position))?.[0] ?? ''
  }

  /** A TODO comment above the line on which a node begins, and in the report. */
  todo(path: NodePath, message: string): void {
    const at = lineStart(path, this.text)
    this.insertBefore(at, `// TODO(secrets-cache): ${message}${this.style.newline}${this.indentAt(at)}`)
    this.todos.push({ line: lineOf(path.node), message })
  }

  stays(node: Node, message: string): void {
    this.left.push({ line: lineOf(node), message })
  }

  toString(): string {
    return this.#edits.toString()
  }
}

export const lineOf = (node: Node): number => node.loc?.start.line ?? 1

/** The innermost node around `path` that begins its line: a comment may stand above it. */
function lineStart(path: NodePath, text: string): number {
  for (let each: NodePath | null = path; each !== null; each = each.parentPath) {
    const start = Number(each.node.start)
    const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
    const isInText = each.findParent((parent) => parent.isTemplateLiteral() || parent.isJSXElement()) !== null
    if (/^\s*$/.test(before) && !isInText && !each.isProgram()) return start
    if (each.isStatement() && each.parentPath?.isProgram()) return start
  }
  return Number(path.node.start)
}
