import { splitSelector } from '../../account/arn.ts'
import { type Parameter, type ParameterVersion, selectVersion } from '../../account/parameters.ts'
import { flagOf, requiredText, seconds } from '../input.ts'
import type { Operation, OperationContext } from '../operation.ts'
import { ciphertext } from './ciphertext.ts'
import type { ParameterValue } from './parameter-value.ts'
import { referencedSecret, SECRET_REFERENCE } from './secret-reference.ts'

export const getParameter: Operation = (input, context) => {
  const id = requiredText(input, 'Name')
  return { Parameter: readParameter(id, flagOf(input, 'WithDecryption'), context, 'ssm:GetParameter') }
}

/** Reads a parameter's value; every API uses this. */
export const readParameter = (
  id: string,
  decrypt: boolean,
  context: OperationContext,
  action: string,
): ParameterValue => {
  const { name, selector } = splitSelector(id)
  context.authorise(action, name)
  if (name.startsWith(SECRET_REFERENCE)) return referencedSecret(name, selector, decrypt, context)
  const parameter = context.account.parameters.get(name)
  const version = selectVersion(parameter, selector)
  if (version.type === 'SecureString' && decrypt) context.authorise('kms:Decrypt', name)
  return parameterValue(parameter, version, decrypt, selector)
}

export const parameterValue = (
  { name, arn }: Parameter,
  { type, value, version, modified }: ParameterVersion,
  decrypt: boolean,
  selector?: string,
): ParameterValue => ({
  Name: name,
  Type: type,
  Value: type === 'SecureString' && !decrypt ? ciphertext(arn, version) : value,
  Version: version,
  ...(selector === undefined ? {} : { Selector: `:${selector}` }),
  LastModifiedDate: seconds(modified),
  ARN: arn,
  DataType: 'text',
})
