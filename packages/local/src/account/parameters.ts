import { isArn, isOwn, type Owner, parameterArn } from './arn.ts'
import { AwsError } from './aws-error.ts'

export type ParameterType = 'String' | 'StringList' | 'SecureString'
export type ParameterTier = 'Standard' | 'Advanced'

export interface ParameterVersion {
  readonly version: number
  readonly type: ParameterType
  /** A StringList is stored as its members with commas between them, as in AWS. */
  readonly value: string
  readonly labels: Set<string>
  /** Milliseconds since 1970. */
  readonly modified: number
  readonly tier: ParameterTier
}

export interface Parameter {
  readonly arn: string
  readonly name: string
  /** Oldest first. */
  readonly versions: ParameterVersion[]
}

export interface NewParameterVersion {
  readonly type: ParameterType
  readonly value: string
  readonly tier: ParameterTier
}

export type ParameterStore = ReturnType<typeof createParameterStore>

/** Parameter Store keeps 100 versions of each. */
const VERSIONS_KEPT = 100

export const createParameterStore = (owner: Owner, now: () => number) => {
  const byName = new Map<string, Parameter>()

  /** By name (own account only) or ARN. A parameter of another account has only its ARN. */
  const find = (id: string): Parameter | undefined =>
    byName.get(id) ?? (isArn(id) ? [...byName.values()].find(({ arn }) => arn === id) : undefined)

  const get = (id: string): Parameter => {
    const parameter = find(id)
    // AWS sends no message with this one.
    if (!parameter) throw new AwsError('ParameterNotFound')
    return parameter
  }

  const create = (id: string): Parameter => {
    const name = isArn(id) && isOwn(owner, id) ? id.slice(id.indexOf(':parameter') + 10) : id
    const parameter: Parameter = { arn: isArn(name) ? name : parameterArn(owner, name), name, versions: [] }
    byName.set(name, parameter)
    return parameter
  }

  const addVersion = (parameter: Parameter, content: NewParameterVersion): ParameterVersion => {
    const version = (parameter.versions.at(-1)?.version ?? 0) + 1
    const added = { ...content, version, labels: new Set<string>(), modified: now() }
    parameter.versions.push(added)
    if (parameter.versions.length > VERSIONS_KEPT) parameter.versions.shift()
    return added
  }

  return {
    find,
    get,
    create,
    addVersion,
    list: (): readonly Parameter[] => [...byName.values()],
    remove: (parameter: Parameter) => byName.delete(parameter.name),
    clear: () => byName.clear(),
  }
}

/** The version a selector names: a number is a version, everything else a label; without one it is the latest. */
export const selectVersion = ({ name, versions }: Parameter, selector?: string): ParameterVersion => {
  const isNumber = /^\d+$/.test(selector ?? '')
  const found =
    selector === undefined
      ? versions.at(-1)
      : versions.find(({ version, labels }) =>
          isNumber ? String(version) === selector : labels.has(selector),
        )
  if (found) return found
  const what = isNumber ? `version ${selector}` : `label ${selector}`
  throw new AwsError(
    'ParameterVersionNotFound',
    `Systems Manager could not find ${what} of ${name}. Verify the version and try again.`,
  )
}

/** AWS's grammar: letters, digits, `.`, `-` and `_`, at most 100, not beginning with a digit, `aws` or `ssm`. */
export const isLabel = (label: string): boolean =>
  /^[a-zA-Z_.-][\w.-]{0,99}$/.test(label) && !/^(aws|ssm)/i.test(label)

export const LABELS_PER_VERSION = 10

/** A label is on one version at most. */
export const moveLabel = ({ versions }: Parameter, label: string, to: ParameterVersion): void => {
  for (const { labels } of versions) labels.delete(label)
  to.labels.add(label)
}
