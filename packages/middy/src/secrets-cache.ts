import type { Declarations, ParametersDeclaration, SecretsDeclaration } from '@secrets-cache/core'
import { createReader } from '@secrets-cache/core/internal'
import { extension } from '@secrets-cache/extension'
import { hooksOf } from './hooks.ts'
import type { SecretsMiddleware } from './types.ts'

/**
 * Fetches the declared secrets and parameters before the handler runs, into `context.secrets` and
 * `context.parameters`. Both views come from one hook and one load; the hook is synchronous while all is fresh.
 * @throws {ConfigurationError | UnsupportedError} an option or a declaration can never work; nothing was asked.
 * @example middy().use(secretsCache({ secrets: { stripe: 'prod/stripe/key' } })).handler(handler)
 */
export function secretsCache<
  const Secrets extends SecretsDeclaration = Record<never, never>,
  const Parameters extends ParametersDeclaration = Record<never, never>,
>(options: Declarations<Secrets, Parameters>): SecretsMiddleware<Secrets, Parameters> {
  return hooksOf('secretsCache', createReader('secretsCache', withSource(options)))
}

/** The options, with the Lambda extension as the source where none is given. */
export function withSource<Options extends { readonly source?: unknown }>(options: Options): Options {
  // Options that are not an object are refused later, by the check of all options.
  const isOptions = typeof options === 'object' && options !== null
  return isOptions && options.source === undefined ? { ...options, source: extension() } : options
}
