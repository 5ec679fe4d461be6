import type { Reference } from '@secrets-cache/core'

/** The layer's default and its limit; a greater TTL is clamped to it. Seconds. */
const longest = 300

/**
 * How old, in seconds, a value out of the layer's cache may be, by the function's own environment variables, which
 * are the layer's too. What is no number counts as the default. The agent's default is the same 300.
 */
export function cachedFor({ kind }: Reference, environment: NodeJS.ProcessEnv): number {
  const isEnabled = environment['PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED']?.toLowerCase() !== 'false'
  if (!isEnabled || number(environment['PARAMETERS_SECRETS_EXTENSION_CACHE_SIZE']) === 0) return 0
  const ttl = number(environment[kind === 'secret' ? 'SECRETS_MANAGER_TTL' : 'SSM_PARAMETER_STORE_TTL'])
  return ttl === undefined ? longest : Math.min(Math.max(ttl, 0), longest)
}

function number(variable: string | undefined): number | undefined {
  const parsed = Number(variable?.trim() || Number.NaN)
  return Number.isNaN(parsed) ? undefined : parsed
}
