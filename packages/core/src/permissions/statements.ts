import type { DeclaredDescription } from '../read/describe-declared.ts'
import { type ArnPlace, keyArn, parameterArn, secretArn, treeArns } from './arn.ts'
import { isFromAws, mayBatch, sourcesIn } from './sources.ts'

/** A statement of an IAM policy that allows. */
export interface Statement {
  readonly sid: string
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  /** Operator, to condition key, to value. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface PermissionOptions extends ArnPlace {
  /** The KMS keys of one's own that encrypt what is declared: ARNs, ids, or aliases such as `alias/orders`. */
  readonly kmsKeys?: readonly string[]
}

type Described = Pick<DeclaredDescription, 'kind' | 'id' | 'stage' | 'versionId' | 'source' | 'decrypt'>

const secretByParameter = '/aws/reference/secretsmanager/'

/** The least that a role must allow for a function that declares these keys. Empty where no value comes from AWS. */
export function statementsFor(
  declared: readonly Described[],
  options: PermissionOptions,
): readonly Statement[] {
  const known = declared.filter(({ source }) => isFromAws(source))
  const of = (kind: Described['kind']) => known.filter((one) => one.kind === kind)
  const parameters = of('parameter')
  const trees = of('tree')
  const byParameter = parameters.filter(({ id }) => id.startsWith(secretByParameter))
  const secretIds = [
    ...of('secret').map(({ id }) => id),
    ...byParameter.map(({ id }) => id.slice(secretByParameter.length)),
  ]
  const isByAgent = of('secret').some(({ source }) => sourcesIn(source).includes('agent'))
  return [
    statement(
      'ReadSecrets',
      ['secretsmanager:GetSecretValue', ...(isByAgent ? ['secretsmanager:DescribeSecret'] : [])],
      secretIds.map((id) => secretArn(id, options)),
    ),
    // AWS knows no resource of this action; each value needs the action above as well.
    statement('ReadSecretsInBatches', ['secretsmanager:BatchGetSecretValue'], isBatch(known) ? ['*'] : []),
    statement(
      'ReadParameters',
      actionsFor(parameters),
      parameters.map(({ id }) => parameterArn(id, options)),
    ),
    statement(
      'ReadParameterTrees',
      ['ssm:GetParametersByPath'],
      trees.flatMap(({ id }) => treeArns(id, options)),
    ),
    ...(known.length > 0 ? decryption(options) : []),
  ].filter(({ resources }) => resources.length > 0)
}

function statement(sid: string, actions: readonly string[], resources: readonly string[]): Statement {
  return { sid, actions, resources: [...new Set(resources)].sort() }
}

/** The layer asks for each parameter by itself; what asks AWS asks for several, be it one. */
function actionsFor(parameters: readonly Described[]): readonly string[] {
  const isOneByOne = parameters.some(({ source }) => sourcesIn(source).some((one) => one === 'extension'))
  const isTogether = parameters.some(({ source }) => mayBatch(source))
  return [...(isOneByOne ? ['ssm:GetParameter'] : []), ...(isTogether ? ['ssm:GetParameters'] : [])]
}

/** The batch action knows current versions only, and a secret that is alone is asked for by itself. */
function isBatch(declared: readonly Described[]): boolean {
  const current = declared.filter(
    ({ kind, stage, versionId, source }) =>
      kind === 'secret' && stage === undefined && versionId === undefined && mayBatch(source),
  )
  return new Set(current.map(({ id }) => id)).size > 1
}

/** A policy cannot name an alias as a resource: any key of this account that has the alias. */
function decryption(options: PermissionOptions): readonly Statement[] {
  const { kmsKeys = [] } = options
  const isAlias = (key: string) => /(^|:)alias\//.test(key)
  const byId = statement(
    'DecryptWithKey',
    ['kms:Decrypt'],
    kmsKeys.filter((key) => !isAlias(key)).map((key) => keyArn(key, options)),
  )
  const byAlias = kmsKeys.filter(isAlias).map((key, index) => ({
    ...statement(`DecryptWithAlias${index === 0 ? '' : index + 1}`, ['kms:Decrypt'], [keyArn('*', options)]),
    condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': key.replace(/^.*:(?=alias\/)/, '') } },
  }))
  return [byId, ...byAlias]
}
