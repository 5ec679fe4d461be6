import { AwsError } from '../../account/aws-error.ts'
import type { Secret } from '../../account/secrets.ts'
import { boundedTexts, type Input, numberOf, textOf, textsOf } from '../input.ts'
import type { Operation, OperationContext } from '../operation.ts'
import { pageOf } from '../pages.ts'
import { matchesFilters } from './filters.ts'
import { getSecretValue } from './get-secret-value.ts'

/** AWS's limit per call. */
const MOST = 20

/** Each secret is authorised and read by itself: failures go to Errors, and the others are returned. */
export const batchGetSecretValue: Operation = (input, context) => {
  const { ids, ...page } = input['SecretIdList'] === undefined ? filtered(input, context) : listed(input)
  const values: object[] = []
  const errors: object[] = []
  for (const id of ids) {
    try {
      values.push(getSecretValue({ SecretId: id }, context))
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      errors.push({ SecretId: id, ErrorCode: error.code, Message: error.message })
    }
  }
  return { SecretValues: values, Errors: errors, ...page }
}

const listed = (input: Input): { ids: readonly string[]; NextToken?: string } => {
  if (input['Filters'] !== undefined)
    throw new AwsError('InvalidParameterException', "You can't use both SecretIdList and Filters.")
  return { ids: [...new Set(boundedTexts(input, 'SecretIdList', MOST))] }
}

const filtered = (input: Input, { account }: OperationContext) => {
  const found = account.secrets.list().filter((secret: Secret) => matchesFilters(secret, input['Filters']))
  if (!Array.isArray(input['Filters']) || textsOf(input, 'SecretIdList'))
    throw new AwsError('InvalidParameterException', 'You must provide SecretIdList or Filters.')
  const size = numberOf(input, 'MaxResults') ?? MOST
  const { items, nextToken } = pageOf(found, size, textOf(input, 'NextToken'), 'InvalidNextTokenException')
  return { ids: items.map(({ arn }) => arn), ...(nextToken ? { NextToken: nextToken } : {}) }
}
