import type { Account } from '../account/account.ts'
import type { Parameter } from '../account/parameters.ts'
import type { Secret, SecretVersion } from '../account/secrets.ts'
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
    type: typeOf(current ?? all.at(-1)),
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

/** A version never changes, so that its value is parsed once. */
const types = new WeakMap<SecretVersion, string>()

const typeOf = (version: SecretVersion | undefined): string => {
  if (!version) return 'text'
  const known = types.get(version)
  if (known !== undefined) return known
  const { value } = version
  const type = typeof value !== 'string' ? 'bytes' : isJson(value) ? 'JSON' : 'text'
  types.set(version, type)
  return type
}

/** Only an object or array counts: a number is a text that happens to be JSON. */
const isJson = (value: string): boolean => {
  try {
    const parsed: unknown = JSON.parse(value)
    return typeof parsed === 'object' && parsed !== null
  } catch {
    return false
  }
}
