import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { refuse } from './refuse.ts'

/** A piece of the file that knows where it stands, for the errors. */
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

/** @throws {ConfigurationError} for what is no YAML, with its line. */
export function parseYaml(name: string, text: string): Piece {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter })
  const lineOf = (offset: number) => `${name}:${lineCounter.linePos(offset).line}`
  const [error] = document.errors
  if (error) throw refuse(lineOf(error.pos[0]), `this is not YAML (${error.code})`)

  function pieceOf(given: Node | null | undefined, path: string, parent: string): Piece {
    const node = isAlias(given) ? given.resolve(document) : given
    const place = node?.range ? lineOf(node.range[0]) : parent
    const below = (child: unknown, childPath: string) => pieceOf(child as Node | null, childPath, place)
    if (isMap(node)) {
      const pairs = node.items.map(({ key, value }): [string, Piece] => {
        const word = String(isScalar(key) ? key.value : key)
        // A key that is not written has its place too.
        const keyPlace = lineOf((key as { range: [number] }).range[0])
        return [word, pieceOf(value as Node | null, path === '' ? word : `${path}.${word}`, keyPlace)]
      })
      return { place, path, value: { kind: 'map', entries: new Map(pairs) } }
    }
    if (isSeq(node)) {
      const items = node.items.map((item, index) => below(item, `${path}[${index}]`))
      return { place, path, value: { kind: 'list', items } }
    }
    return { place, path, value: { kind: 'scalar', scalar: isScalar(node) ? node.value : null } }
  }

  return pieceOf(document.contents, '', `${name}:1`)
}
