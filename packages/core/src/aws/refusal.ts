import type { Reference } from '../declare/reference.ts'
import { InvalidRequestError, type SecretsCacheError } from '../errors/index.ts'
import { hasSelector } from './selector.ts'

/** Why AWS can never answer a reference, whatever is stored there; `undefined` where it can. */
export function refusalOf(reference: Reference): SecretsCacheError | undefined {
  if (reference.kind !== 'parameter') return undefined
  const { id, version, label, decrypt } = reference
  if ((version ?? label) !== undefined && hasSelector(id)) {
    return new InvalidRequestError({
      reason: 'the name already ends in a version or label',
      remedy: `Leave it away there, or leave out the ${version === undefined ? 'label' : 'version'} option.`,
    })
  }
  if (decrypt || !id.startsWith('/aws/reference/secretsmanager/')) return undefined
  return new InvalidRequestError({
    reason: 'Parameter Store gives a secret only decrypted',
    remedy: 'Leave out decrypt: false.',
  })
}
