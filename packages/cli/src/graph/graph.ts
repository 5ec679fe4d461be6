import { relative } from 'node:path'
import { isFromAws, sourcesIn } from '@secrets-cache/core/internal/permissions'
import { type FunctionRead, keysOf } from '../import/read-functions.ts'
import { shown } from '../template/placeholder.ts'

/** Which functions use what, as `graph --json` prints it. */
export interface Graph {
  readonly nodes: readonly GraphNode[]
  /** Keys of the shared modules that no function uses. */
  readonly unused: readonly SharedKey[]
  /** What functions use and no shared module has; empty where there is none. */
  readonly undeclared: readonly GraphNode[]
}

/** One thing that is fetched, and who uses it. */
export interface GraphNode {
  readonly kind: 'secret' | 'parameter' | 'tree'
  readonly id: string
  readonly users: readonly GraphUser[]
}

/** One key of one function. */
export interface GraphUser {
  readonly function: string
  readonly view: 'secrets' | 'parameters'
  readonly key: string
  readonly source: string
  /** How old a value may be while all goes well, in seconds: so long after a rotation the old one may be used. */
  readonly worstAge: number
  /** Whether `retryOnRotation` can fetch a newer value. */
  readonly refreshable: boolean
}

/** A key of a shared module. */
export interface SharedKey {
  readonly file: string
  readonly export: string
  readonly key: string
  readonly id: string
}

/** Sorted by id, secrets first. */
export function graphOf(reads: readonly FunctionRead[]): Graph {
  const nodes = new Map<string, GraphNode & { readonly users: GraphUser[] }>()
  for (const read of reads) {
    for (const key of keysOf(read)) {
      const { kind } = key
      const id = shown(key.id)
      const node = nodes.get(`${kind} ${id}`) ?? { kind, id, users: [] }
      nodes.set(`${kind} ${id}`, node)
      node.users.push({
        function: read.place.name,
        view: key.view,
        key: key.key,
        source: key.source ?? 'extension',
        worstAge: key.cachedFor + key.maxAge + key.staleWhileRevalidate,
        refreshable: isRefreshable(key.source),
      })
    }
  }
  const order = ['secret', 'parameter', 'tree']
  const sorted = [...nodes.values()].sort(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.id.localeCompare(b.id, 'en'),
  )
  return { nodes: sorted, unused: [], undeclared: [] }
}

/** The layer has a cache that nothing gets past. */
function isRefreshable(source: string | undefined): boolean {
  return !isFromAws(source) || sourcesIn(source).some((one) => one !== 'extension')
}

/**
 * The declarations of the modules that functions load: outside of a function's folder, or loaded by several. An export
 * counts where at least one of its ids is used, because any frozen object of texts looks like a declaration.
 */
export function sharedBy(reads: readonly FunctionRead[], { nodes }: Graph): readonly SharedKey[] {
  const used = new Set(nodes.map(({ id }) => id))
  const loaded = reads.flatMap(({ place, report }) => report.shared.map((module) => ({ place, ...module })))
  const modules = Map.groupBy(loaded, ({ file }) => file)
  const keys = [...modules.values()].flatMap((users) => {
    const [{ file, declarations, place }] = users as [(typeof users)[number]]
    const isOwn = users.length === 1 && !relative(place.folder, file).startsWith('..')
    return isOwn
      ? []
      : declarations.map(({ name, key, id }) => ({
          file: relative(process.cwd(), file),
          export: name,
          key,
          id,
        }))
  })
  const isUsed = (one: SharedKey) => keys.some((other) => isSameExport(one, other) && used.has(other.id))
  return keys.filter(isUsed)
}

const isSameExport = (one: SharedKey, other: SharedKey) =>
  one.file === other.file && one.export === other.export

/** Compares what is used with what shared modules declare. */
export function checkShared(graph: Graph, shared: readonly SharedKey[] | undefined): Graph {
  if (shared === undefined || shared.length === 0) return graph
  const used = new Set(graph.nodes.map(({ id }) => id))
  const declared = new Set(shared.map(({ id }) => id))
  return {
    ...graph,
    unused: shared.filter(({ id }) => !used.has(id)),
    undeclared: graph.nodes.filter(({ id }) => !declared.has(id)),
  }
}
