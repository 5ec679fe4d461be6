import type { Document, Lexer, Node } from 'yaml'
import { refuse } from './bad-file.ts'
import { DEEPEST, LOSES_DIGITS, lineAndColumn, losesDigits } from './json-file.ts'

/** How many characters aliases may add to a file: far more than anybody needs, and little enough for memory. */
const MOST_ADDED = 1_000_000

/** YAML 1.2, and `!!binary` for bytes. The parser is loaded only when it is needed. */
export const parseYaml = async (file: string, text: string): Promise<unknown> => {
  const yaml = await import('yaml')
  const refuseAt = (offset: number, why: string): never =>
    refuse(`${file}:${lineAndColumn(text, offset)}`, why)
  const tooDeep = offsetTooDeep(new yaml.Lexer(), text)
  if (tooDeep !== undefined) refuseAt(tooDeep, `this is nested deeper than ${DEEPEST} levels`)
  try {
    // Warnings would be printed, and they quote the file; 'silent' would leave out a second document, too.
    const document = yaml.parseDocument(text, {
      prettyErrors: false,
      customTags: ['binary'],
      logLevel: 'error',
    })
    const [error] = document.errors
    // Its message may quote the text; its code does not.
    if (error) return refuseAt(error.pos[0], `this is not YAML (${error.code})`)
    checkAliases(yaml, document, text.length + MOST_ADDED, refuseAt)
    return document.toJS({ maxAliasCount: -1 })
  } catch (error) {
    if (error instanceof RangeError) return refuse(file, 'this is nested too deeply')
    throw error
  }
}

/** The parser is recursive, so deep nesting is found in the tokens first: by brackets, and by dashes in one line. */
const offsetTooDeep = (lexer: Lexer, text: string): number | undefined => {
  let offset = 0
  let brackets = 0
  let dashes = 0
  let isScalar = false
  for (const token of lexer.lex(text)) {
    // Control tokens of the lexer, which are not part of the text; the last one announces a scalar.
    if (token === '\u0002' || token === '\u0018' || token === '\u001f') {
      isScalar = token === '\u001f'
      continue
    }
    if (!isScalar) {
      if (token === '[' || token === '{') brackets++
      else if (token === ']' || token === '}') brackets--
      else if (token === '-' || token === '?' || token === ':') dashes++
      else if (token.includes('\n')) dashes = 0
      if (brackets + dashes > DEEPEST) return offset
    }
    isScalar = false
    offset += token.length
  }
  return undefined
}

/** Refuses aliases that would grow without bound when they are expanded: nested ones and cycles. */
const checkAliases = (
  { isAlias, isCollection, isPair, isScalar }: typeof import('yaml'),
  document: Document.Parsed,
  most: number,
  refuseAt: (offset: number, why: string) => never,
): void => {
  const anchors = new Map<string, Node>()
  const sizes = new Map<Node, number>()
  const open = new Set<Node>()

  /** How many characters a node has when its aliases are expanded. */
  const sizeOf = (node: unknown): number => {
    if (isPair(node)) return sizeOf(node.key) + sizeOf(node.value)
    if (isAlias(node)) return sizeOfAlias(node.source, startOf(node))
    if (!isScalar(node) && !isCollection(node)) return 0
    if (node.anchor !== undefined) anchors.set(node.anchor, node)
    if (isScalar(node) && losesDigits(node.value)) refuseAt(startOf(node), LOSES_DIGITS)
    const size = isCollection(node) ? sizeOfAll(node) : 1 + (node.source?.length ?? 0)
    sizes.set(node, size)
    return size
  }

  const sizeOfAlias = (name: string, offset: number): number => {
    const node = anchors.get(name)
    if (!node) return refuseAt(offset, 'this alias has no anchor before it')
    if (open.has(node)) return refuseAt(offset, 'this alias stands inside of what it repeats')
    return sizes.get(node) ?? 0
  }

  const sizeOfAll = (collection: Node & { readonly items: readonly unknown[] }): number => {
    open.add(collection)
    let size = 1
    for (const item of collection.items) {
      size += sizeOf(item)
      if (size > most) refuseAt(startOf(item), 'aliases make this too large')
    }
    open.delete(collection)
    return size
  }

  const startOf = (node: unknown): number => {
    const { range, key } = node as { range?: readonly number[]; key?: unknown }
    return range?.[0] ?? (key === undefined || key === null ? 0 : startOf(key))
  }

  sizeOf(document.contents)
}
