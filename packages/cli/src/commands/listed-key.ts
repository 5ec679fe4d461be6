import { relative } from 'node:path'
import { type FunctionRead, keysOf } from '../import/read-functions.ts'
import { shown } from '../template/placeholder.ts'

/** One declared key of one function, as `list --json` prints it. What is not declared is absent. */
export interface ListedKey {
  readonly function: string
  /** The handler's file, from the folder in which the command runs. */
  readonly file: string
  readonly view: 'secrets' | 'parameters'
  readonly key: string
  readonly kind: 'secret' | 'parameter' | 'tree'
  readonly id: string
  readonly stage?: string | undefined
  readonly versionId?: string | undefined
  readonly version?: number | undefined
  readonly label?: string | undefined
  readonly format: 'text' | 'json' | 'binary' | 'list' | 'tree'
  readonly source: string
  /** Whether a fallback is declared. */
  readonly optional: boolean
}

export function listedKeys(read: FunctionRead): readonly ListedKey[] {
  const { place } = read
  return keysOf(read).map((key) => ({
    function: place.name,
    file: relative(process.cwd(), place.file) || place.file,
    view: key.view,
    key: key.key,
    kind: key.kind,
    id: shown(key.id),
    stage: key.stage,
    versionId: key.versionId,
    version: key.version,
    label: key.label,
    format: key.format,
    source: key.source ?? 'extension',
    optional: key.optional,
  }))
}

/** The id with its selector, for people: `prod/db (AWSPENDING)`. */
export function withSelector({ id, stage, versionId, version, label }: ListedKey): string {
  const selector = [stage, versionId, version, label].filter((each) => each !== undefined)
  return selector.length === 0 ? id : `${id} (${selector.join(', ')})`
}
