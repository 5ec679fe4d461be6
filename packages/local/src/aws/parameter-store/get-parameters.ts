import { AwsError } from '../../account/aws-error.ts'
import { boundedTexts, flagOf } from '../input.ts'
import type { Operation } from '../operation.ts'
import { type ParameterValue, readParameter } from './get-parameter.ts'

/** AWS's limit per call. */
const MOST = 10

/** What says "there is no such thing" for one name; everything else fails the whole call. */
const MISSING = ['ParameterNotFound', 'ParameterVersionNotFound', 'ValidationException']

/**
 * Missing names go to InvalidParameters; one denied name fails the call (unverified for AWS, so the harder case is the
 * one played). The answers come in reverse: AWS promises no order, and nobody shall rely on one.
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
