import { type Reference, UnsupportedError } from '@secrets-cache/core'

/** Why the layer, or the agent, can never serve a reference. */
export function refusalOf({ kind, id }: Reference, agent: boolean): UnsupportedError | undefined {
  if (kind === 'secret' || (kind === 'parameter' && !agent)) return undefined
  return new UnsupportedError({
    id,
    source: agent ? 'agent' : 'extension',
    reason: kind === 'tree' ? 'it has no reading by path' : 'the agent has no parameters',
    remedy: `Use sdk() or firstOf(extension(${agent ? '{ agent: true }' : ''}), sdk()).`,
  })
}
