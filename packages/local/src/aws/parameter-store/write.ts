import { AwsError, validation } from '../../account/aws-error.ts'
import {
  isLabel,
  LABELS_PER_VERSION,
  moveLabel,
  type Parameter,
  type ParameterTier,
  type ParameterType,
  selectVersion,
} from '../../account/parameters.ts'
import { PARAMETER_BYTES } from '../../account/values.ts'
import { flagOf, type Input, numberOf, requiredText, textOf, textsOf } from '../input.ts'
import type { Operation } from '../operation.ts'

const TYPES: readonly string[] = ['String', 'StringList', 'SecureString']
const LEVELS = 15

export const putParameter: Operation = (input, { account, authorise }) => {
  const name = requiredText(input, 'Name')
  const value = requiredText(input, 'Value')
  authorise('ssm:PutParameter', name)
  checkName(name)
  const held = account.parameters.find(name)
  if (held && !flagOf(input, 'Overwrite'))
    throw new AwsError(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    )
  const type = typeOf(input, held)
  const tier = tierOf(input, value, held)
  const { version } = account.parameters.addVersion(held ?? account.parameters.create(name), {
    type,
    value,
    tier,
  })
  return { Version: version, Tier: tier }
}

export const labelParameterVersion: Operation = (input, { account, authorise }) => {
  const name = requiredText(input, 'Name')
  authorise('ssm:LabelParameterVersion', name)
  const parameter = account.parameters.get(name)
  const number = numberOf(input, 'ParameterVersion')
  const version = selectVersion(parameter, number === undefined ? undefined : String(number))
  const labels = textsOf(input, 'Labels') ?? []
  const valid = labels.filter(isLabel)
  if (new Set([...version.labels, ...valid]).size > LABELS_PER_VERSION)
    throw new AwsError(
      'ParameterVersionLabelLimitExceeded',
      'A parameter version can have maximum 10 labels.',
    )
  for (const label of valid) moveLabel(parameter, label, version)
  return {
    InvalidLabels: labels.filter((label) => !valid.includes(label)),
    ParameterVersion: version.version,
  }
}

export const deleteParameter: Operation = (input, { account, authorise }) => {
  const name = requiredText(input, 'Name')
  authorise('ssm:DeleteParameter', name)
  account.parameters.remove(account.parameters.get(name))
  return {}
}

const checkName = (name: string): void => {
  if (/^\/?(aws|ssm)/i.test(name))
    throw validation('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).')
  if (!/^[\w./-]{1,1011}$/.test(name))
    throw validation(
      'Parameter name: only letters, numbers, dots, dashes, underscores and slashes are allowed.',
    )
  if (name.includes('/') && !name.startsWith('/'))
    throw validation('Parameter name must be a fully qualified name.')
  if (name.split('/').length - 1 > LEVELS)
    throw new AwsError('HierarchyLevelLimitExceededException', 'A hierarchy can have a maximum of 15 levels.')
}

const typeOf = (input: Input, held: Parameter | undefined): ParameterType => {
  const type = textOf(input, 'Type') ?? held?.versions.at(-1)?.type
  if (type === undefined) throw validation('A parameter type is required when you create a parameter.')
  if (TYPES.includes(type)) return type as ParameterType
  throw validation(
    `1 validation error detected: Value at 'type' failed to satisfy constraint: Member must satisfy enum value set: [${TYPES.join(', ')}]`,
  )
}

const tierOf = (input: Input, value: string, held: Parameter | undefined): ParameterTier => {
  const bytes = Buffer.byteLength(value)
  const asked = textOf(input, 'Tier') ?? 'Standard'
  const grown = asked === 'Intelligent-Tiering' && bytes > PARAMETER_BYTES.Standard
  // AWS does not turn an Advanced parameter back into a Standard one.
  const tier =
    grown || asked === 'Advanced' || held?.versions.at(-1)?.tier === 'Advanced' ? 'Advanced' : 'Standard'
  if (bytes <= PARAMETER_BYTES[tier]) return tier
  throw validation(
    tier === 'Standard'
      ? 'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.'
      : 'Advanced tier parameters support a maximum parameter value of 8192 characters.',
  )
}
