import { AwsError } from '../../account/aws-error.ts'
import { boundedTexts, flagOf } from '../input.ts'
import type { Operation } from '../operation.ts'
import { readParameter } from './get-parameter.ts'
import type { ParameterValue } from './parameter-value.ts'

/** AWS's limit per call. */
const MOST = 10

/** Errors that mean one name is missing; every other error fails the whole call. */
const MISSING = ['ParameterNotFound', 'ParameterVersionNotFound', 'ValidationException']

/**
 * Missing names go to InvalidParameters; one denied name fails the whole call (unverified for AWS, so the harder case is
 * simulated). Parameters are returned in reverse order, because AWS guarantees none and nobody should rely on one.
 */
export const getParameters: Operation = (input, context) => {
  const found: ParameterValue[] = []
  const invalid: string[] = []
  for (const id of new Set(boundedTexts(input, 'Names', MOST))) {
    try {
      found.push(readParameter(id, flagOf(input, 'WithDecryption'), context, 'ssm:GetParameters'))
    } catch (error) {
      if (!(error instanceof AwsError && MISSING.includes(error.code))) throw error
      invalid.push(id)
    }
  }
  return { Parameters: found.reverse(), InvalidParameters: invalid }
}
