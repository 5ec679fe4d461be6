import { LocalError } from '../local-error.ts'
import { didYouMean } from '../nearest.ts'
import type { Owner } from './arn.ts'
import {
  createParameterStore,
  isLabel,
  LABELS_PER_VERSION,
  moveLabel,
  type ParameterVersion,
} from './parameters.ts'
import { createSecretStore, moveStage } from './secrets.ts'
import { type ParameterInput, type SecretInput, toParameterVersion, toSecretValue } from './values.ts'

/** What an account holds at first, by name. */
export interface Values {
  /** Secrets: a text, bytes, or an object that is stored as JSON. */
  readonly secrets?: Readonly<Record<string, SecretInput>>
  /** Parameters: a text, or a list for a StringList. */
  readonly parameters?: Readonly<Record<string, ParameterInput>>
}

/** Of which service something is: Secrets Manager, or Parameter Store. */
export type Kind = 'secret' | 'parameter'

/** What was written: a secret's VersionId, or a parameter's version as text. */
export interface Written {
  /** Whether it is a secret or a parameter. */
  readonly kind: Kind
  /** Its name, also where an ARN was given. */
  readonly name: string
  /** Its ARN in the simulated account. */
  readonly arn: string
  /** A secret's VersionId, or a parameter's version as text. */
  readonly version: string
}

export type Account = ReturnType<typeof createAccount>

/** Refuses labels that AWS would refuse or list as invalid: in the preparation of a test they are mistakes. */
const checkLabels = (id: string, labels: readonly string[], { labels: held }: ParameterVersion): void => {
  const invalid = labels.find((label) => !isLabel(label))
  if (invalid !== undefined)
    throw new LocalError(
      'INVALID_VALUE',
      `"${invalid}" is no label for "${id}": it has 1 to 100 letters, digits, ".", "-" or "_", and does not begin ` +
        'with a digit, "aws" or "ssm".',
    )
  if (new Set([...held, ...labels]).size > LABELS_PER_VERSION)
    throw new LocalError('INVALID_VALUE', `A version of "${id}" has at most ${LABELS_PER_VERSION} labels.`)
}

/** One simulated AWS account: its secrets and parameters, in memory. */
export const createAccount = (owner: Owner, now: () => number) => {
  const secrets = createSecretStore(owner, now)
  const parameters = createParameterStore(owner, now)

  const putSecret = (id: string, input: SecretInput): Written => {
    const value = toSecretValue(id, input)
    const secret = secrets.find(id) ?? secrets.create(id)
    delete secret.deleted
    const { id: version } = secrets.addVersion(secret, { value })
    return { kind: 'secret', name: secret.name, arn: secret.arn, version }
  }

  const putParameter = (id: string, input: ParameterInput): Written => {
    const held = parameters.find(id)
    const content = toParameterVersion(id, input, held?.versions.at(-1)?.type)
    const parameter = held ?? parameters.create(id)
    const { version } = parameters.addVersion(parameter, content)
    return { kind: 'parameter', name: parameter.name, arn: parameter.arn, version: String(version) }
  }

  /** Whether an id is a secret's or a parameter's; `kind` decides when it is both. */
  const kindOf = (id: string, kind?: Kind): Kind => {
    const secret = secrets.find(id) !== undefined && kind !== 'parameter'
    const parameter = parameters.find(id) !== undefined && kind !== 'secret'
    if (secret && parameter)
      throw new LocalError(
        'UNKNOWN_ID',
        `"${id}" is a secret and a parameter; say which: { kind: 'secret' }.`,
      )
    if (secret) return 'secret'
    if (parameter) return 'parameter'
    const known = [...secrets.list(), ...parameters.list()].map(({ name }) => name)
    throw new LocalError('UNKNOWN_ID', `There is no "${id}" in the account.${didYouMean(id, known)}`)
  }

  return {
    owner,
    now,
    secrets,
    parameters,
    /** Creates the secret, or adds a version that becomes AWSCURRENT. */
    putSecret,
    /** Creates the parameter, or adds a version; its type stays unless a new one is given. */
    putParameter,
    /** Gives an existing secret a new AWSCURRENT version, or an existing parameter its next version. */
    rotate: (
      id: string,
      value: SecretInput | ParameterInput,
      choice: { readonly kind?: Kind } = {},
    ): Written =>
      kindOf(id, choice.kind) === 'secret' ? putSecret(id, value) : putParameter(id, value as ParameterInput),
    /** Deletes a secret or parameter at once, without a recovery window. */
    delete: (id: string, choice: { readonly kind?: Kind } = {}): void => {
      if (kindOf(id, choice.kind) === 'secret') secrets.remove(secrets.get(id))
      else parameters.remove(parameters.get(id))
    },
    /** Marks a secret for deletion: reading it is refused until it is put again. */
    scheduleDeletion: (id: string): void => {
      kindOf(id, 'secret')
      secrets.get(id).deleted = now()
    },
    /** Puts a label on a parameter's version; it leaves the version that had it. */
    label: (id: string, version: number, ...labels: readonly string[]): void => {
      kindOf(id, 'parameter')
      const parameter = parameters.get(id)
      const to = parameter.versions.find((one) => one.version === version)
      if (!to) throw new LocalError('UNKNOWN_ID', `The parameter "${id}" has no version ${version}.`)
      checkLabels(id, labels, to)
      for (const label of labels) moveLabel(parameter, label, to)
    },
    /** Moves a staging label of a secret to the version with this VersionId. */
    stage: (id: string, stage: string, versionId: string): void => {
      kindOf(id, 'secret')
      const secret = secrets.get(id)
      const to = secret.versions.get(versionId)
      if (!to) throw new LocalError('UNKNOWN_ID', `The secret "${id}" has no version "${versionId}".`)
      moveStage(secret, stage, to)
    },
    /** Empties the account and fills it with these values. */
    seed: ({ secrets: texts = {}, parameters: settings = {} }: Values): void => {
      secrets.clear()
      parameters.clear()
      for (const [id, value] of Object.entries(texts)) putSecret(id, value)
      for (const [id, value] of Object.entries(settings)) putParameter(id, value)
    },
  }
}
