import type { Account } from '../account/account.ts'
import type { Parameter } from '../account/parameters.ts'
import type { Secret } from '../account/secrets.ts'
import type { EntryView } from './messages.ts'

/** The account without its values, by kind and name. */
export const accountView = ({ secrets, parameters }: Account): readonly EntryView[] =>
  [...secrets.list().map(secretView), ...parameters.list().map(parameterView)].sort(
    (one, other) => compare(other.kind, one.kind) || compare(one.name, other.name),
  )

const compare = (one: string, other: string): number => Number(one > other) - Number(one < other)

const secretView = ({ name, arn, versions, deleted }: Secret): EntryView => {
  const all = [...versions.values()]
  const current = all.find(({ stages }) => stages.has('AWSCURRENT'))
  return {
    kind: 'secret',
    name,
    arn,
    type: typeOf((current ?? all.at(-1))?.value ?? ''),
    versions: all
      .map(({ id, stages, created, value }) => ({
        id,
        labels: [...stages],
        at: created,
        bytes: typeof value === 'string' ? Buffer.byteLength(value) : value.byteLength,
      }))
      .reverse(),
    current: current?.id ?? '',
    isDeleted: deleted !== undefined,
  }
}

const parameterView = ({ name, arn, versions }: Parameter): EntryView => ({
  kind: 'parameter',
  name,
  arn,
  type: versions.at(-1)?.type ?? 'String',
  versions: versions
    .map(({ version, labels, modified, value }) => ({
      id: String(version),
      labels: [...labels],
      at: modified,
      bytes: Buffer.byteLength(value),
    }))
    .reverse(),
  current: String(versions.at(-1)?.version ?? ''),
  isDeleted: false,
})

const types = new Map<string, string>()

const typeOf = (value: string | Uint8Array): string => {
  if (typeof value !== 'string') return 'bytes'
  // Looked at first: most texts that are no JSON need no parser.
  if (!/^\s*[[{]/.test(value)) return 'text'
  const known = types.get(value)
  if (known !== undefined) return known
  const type = isJson(value) ? 'JSON' : 'text'
  if (types.size > 1000) types.clear()
  types.set(value, type)
  return type
}

const isJson = (value: string): boolean => {
  try {
    JSON.parse(value)
    return true
  } catch {
    return false
  }
}
