import type { Reference } from '@secrets-cache/core'

/** The layer's default and its limit; a greater TTL is clamped to it. Also the agent's default. Seconds. */
const usual = 300

/** How the agent is configured: what its own configuration file says. Every field may be left out. */
export interface AgentOptions {
  /** Its `ttl_seconds`, from 0 to 3600. @default 300 */
  readonly ttl?: number | undefined
  /** Its `ignore_transient_errors`: whether it answers with what it has, for as long as AWS fails. @default true */
  readonly ignoreTransientErrors?: boolean | undefined
}

/**
 * How old, in seconds, a value out of the layer's cache may be, by the function's own environment variables, which
 * are the layer's too. What is not a number counts as the default. The layer fetches an expired value or fails.
 */
export function layerCachedFor({ kind }: Reference, environment: NodeJS.ProcessEnv): number {
  const isEnabled = environment['PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED']?.toLowerCase() !== 'false'
  if (!isEnabled || numberIn(environment['PARAMETERS_SECRETS_EXTENSION_CACHE_SIZE']) === 0) return 0
  const ttl = numberIn(environment[kind === 'secret' ? 'SECRETS_MANAGER_TTL' : 'SSM_PARAMETER_STORE_TTL'])
  return ttl === undefined ? usual : Math.min(Math.max(ttl, 0), usual)
}

/** The same for the agent. In an outage it answers 200 with its old value, and gives that a whole TTL again. */
export function agentCachedFor(
  { ttl = usual, ignoreTransientErrors = true }: AgentOptions,
  isOutage: boolean,
): number {
  return isOutage && ignoreTransientErrors ? Number.POSITIVE_INFINITY : ttl
}

function numberIn(variable: string | undefined): number | undefined {
  const parsed = Number(variable?.trim() || Number.NaN)
  return Number.isNaN(parsed) ? undefined : parsed
}
