import { randomUUID } from 'node:crypto'
import type { Reference } from '../declare/reference.ts'
import { NotFoundError } from '../errors/index.ts'
import type { Outcome, RawLeaf, RawValue, Source } from '../source/source.ts'

/** What an in-memory account holds, by name. An object is stored as its JSON text. */
export interface MemoryValues {
  /** Secrets by name. */
  readonly secrets?: Readonly<Record<string, string | Uint8Array | object>>
  /** Parameters by name; a list is a StringList. */
  readonly parameters?: Readonly<Record<string, string | readonly string[]>>
}

/** A source without any socket, for unit tests. */
export interface MemorySource extends Source {
  /** Changes one value, as a rotation does. */
  readonly set: (view: 'secrets' | 'parameters', name: string, value: RawValue | object) => void
  /** How often it was called. */
  readonly calls: () => number
}

/**
 * Serves values from memory.
 * @example secretsCache({ source: memorySource({ secrets: { 'prod/db': { user: 'app' } } }), secrets: { db: 'prod/db' } })
 */
export function memorySource(values: MemoryValues): MemorySource {
  const held = {
    secrets: new Map(Object.entries(values.secrets ?? {})),
    parameters: new Map(Object.entries(values.parameters ?? {})),
  }
  const identity = `memory ${randomUUID()}`
  let version = 1
  let calls = 0

  function lookUp(reference: Reference): Outcome {
    const stored =
      reference.kind === 'tree'
        ? below(reference.id, held.parameters as Map<string, RawLeaf>, reference.recursive)
        : held[reference.kind === 'secret' ? 'secrets' : 'parameters'].get(reference.id)
    if (stored === undefined) return { ok: false, error: new NotFoundError() }
    return { ok: true, value: rawOf(stored, reference.kind === 'tree'), version: String(version) }
  }

  return {
    name: 'memory',
    identity,
    set(view, name, value) {
      version++
      held[view].set(name, value as string)
    },
    calls: () => calls,
    async fetch(references) {
      calls++
      return references.map(lookUp)
    },
  }
}

function rawOf(stored: string | Uint8Array | object, isTree: boolean): RawValue {
  const isRaw = typeof stored === 'string' || stored instanceof Uint8Array || Array.isArray(stored) || isTree
  return isRaw ? (stored as RawValue) : JSON.stringify(stored)
}

function below(path: string, parameters: ReadonlyMap<string, RawLeaf>, isRecursive: boolean) {
  const prefix = path === '/' ? '/' : `${path}/`
  const found = [...parameters].flatMap(([name, value]): [string, RawLeaf][] => {
    const rest = name.startsWith(prefix) ? name.slice(prefix.length) : ''
    return rest !== '' && (isRecursive || !rest.includes('/')) ? [[rest, value]] : []
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}
