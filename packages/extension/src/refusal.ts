import { type Reference, type SecretsCacheError, UnsupportedError } from '@secrets-cache/core'
import { refusalOf as refusalOfAws } from '@secrets-cache/core/internal'

/** Why the layer, or the agent, can never serve a reference. */
export function refusalOf(reference: Reference, isAgent: boolean): SecretsCacheError | undefined {
  const source = isAgent ? 'agent' : 'extension'
  return unsupported(reference, isAgent) ?? refusalOfAws(reference)?.about({ id: reference.id, source })
}

/** What neither has a request for. */
export function unsupported({ kind, id }: Reference, isAgent: boolean): UnsupportedError | undefined {
  if (kind === 'secret' || (kind === 'parameter' && !isAgent)) return undefined
  return new UnsupportedError({
    id,
    source: isAgent ? 'agent' : 'extension',
    reason: kind === 'tree' ? 'it has no reading by path' : 'the agent has no parameters',
    remedy: `Use direct(), sdk() or firstOf(extension(${isAgent ? '{ agent: true }' : ''}), direct()).`,
  })
}
