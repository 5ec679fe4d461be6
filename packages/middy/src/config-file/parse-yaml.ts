import { refuse, shorten } from './refuse.ts'
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from './yaml.ts'

/** A part of the file, with its place for the errors. */
export interface Piece {
  /** `config.yaml:3`. */
  readonly place: string
  /** `SecretManagers[0].secrets[1]`; empty for the whole file. */
  readonly path: string
  readonly value:
    | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Piece> }
    | { readonly kind: 'list'; readonly items: readonly Piece[] }
    | { readonly kind: 'scalar'; readonly scalar: unknown }
}

/** More than any function declares. Eight lines with aliases of aliases can stand for billions of entries. */
const mostEntries = 10_000
/** The format has five levels. */
const deepest = 20

/** @throws {ConfigurationError} for what is no YAML, or is too large to be a declaration, with its line. */
export function parseYaml(name: string, text: string): Piece {
  const lineCounter = new LineCounter()
  const lineOf = (offset: number) => `${name}:${lineCounter.linePos(offset).line || 1}`
  const document = documentOf(name, text, lineCounter)
  const [error] = document.errors
  if (error) throw refuse(lineOf(error.pos[0]), `this is not YAML (${error.code})`)

  const anchors = new Map<string, Node>()
  /** The nodes around the current one: an alias of one of them would never end. */
  const open = new Set<Node>()
  let entries = 0
  let aliasesOpen = 0

  function pieceOf(given: Node | null, path: string, parent: string): Piece {
    const place = given?.range ? lineOf(given.range[0]) : parent
    if (!isAlias(given)) return pieceOfNode(given, path, place)
    const target = anchors.get(given.source)
    if (!target) throw refuse(place, `${path} is an alias of an anchor that no earlier part has`)
    if (open.has(target))
      throw refuse(place, `${path} is an alias of a part that it stands in, and would hold itself`)
    aliasesOpen++
    const piece = pieceOfNode(target, path, target.range ? lineOf(target.range[0]) : place)
    aliasesOpen--
    return piece
  }

  function pieceOfNode(node: Node | null, path: string, place: string): Piece {
    entries++
    if (entries > mostEntries) throw refuse(place, `the file has more than ${mostEntries} entries`)
    if (open.size > deepest) throw refuse(place, `the file is nested deeper than ${deepest} levels`)
    if (!node) return { place, path, value: { kind: 'scalar', scalar: null } }
    // A later node may take the same anchor. Inside an alias the earlier one is repeated, so nothing is set there.
    if ('anchor' in node && node.anchor && aliasesOpen === 0) anchors.set(node.anchor, node)
    if (isScalar(node)) return { place, path, value: { kind: 'scalar', scalar: node.value } }
    open.add(node)
    const value = isMap(node) ? mapOf(node.items as Pair[], path, place) : listOf(node, path, place)
    open.delete(node)
    return { place, path, value }
  }

  function mapOf(pairs: readonly Pair[], path: string, parent: string): Piece['value'] {
    const read = new Map<string, Piece>()
    for (const { key, value } of pairs) {
      const place = key?.range ? lineOf(key.range[0]) : parent
      if (key && !isScalar(key)) throw refuse(place, `${path || 'the file'} has a key that is not a text`)
      if (key?.anchor && aliasesOpen === 0) anchors.set(key.anchor, key)
      const word = String(key?.value ?? null)
      if (read.has(word)) throw refuse(place, 'this is not YAML (DUPLICATE_KEY)')
      const shown = shorten(word)
      read.set(word, pieceOf(value, path === '' ? shown : `${path}.${shown}`, place))
    }
    return { kind: 'map', entries: read }
  }

  function listOf(node: Node, path: string, place: string): Piece['value'] {
    const items = isSeq(node) ? (node.items as (Node | null)[]) : []
    return { kind: 'list', items: items.map((item, index) => pieceOf(item, `${path}[${index}]`, place)) }
  }

  return pieceOf(document.contents, '', `${name}:1`)
}

/** A key and its value, as the parser gives them. */
interface Pair {
  readonly key: Node | null
  readonly value: Node | null
}

function documentOf(name: string, text: string, lineCounter: LineCounter): Document.Parsed {
  try {
    // Both take the parser minutes for a large file. Duplicate keys are found below.
    return parseDocument(text, { lineCounter, uniqueKeys: false, prettyErrors: false })
  } catch {
    // The parser recurses, and has run out of stack.
    throw refuse(name, 'the file is nested too deep to be read')
  }
}
