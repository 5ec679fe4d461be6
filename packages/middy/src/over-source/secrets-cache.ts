import type { Declarations, ParametersDeclaration, SecretsDeclaration } from '@secrets-cache/core'
import { createReader } from '@secrets-cache/core/internal'
import { hooksOf } from '../hooks.ts'
import type { SecretsMiddleware } from '../types.ts'
import type { GivenSource } from './given-source.ts'

/**
 * Fetches the declared secrets and parameters before the handler runs, into `context.secrets` and
 * `context.parameters`. Both views come from one hook and one load; the hook is synchronous while all is fresh.
 * @throws {ConfigurationError | UnsupportedError} an option or a declaration can never work; nothing was asked.
 * @example middy().use(secretsCache({ source: direct(), secrets: { stripe: 'prod/stripe/key' } })).handler(handler)
 */
export function secretsCache<
  const Secrets extends SecretsDeclaration = Record<never, never>,
  const Parameters extends ParametersDeclaration = Record<never, never>,
>(options: Declarations<Secrets, Parameters> & GivenSource): SecretsMiddleware<Secrets, Parameters> {
  return hooksOf('secretsCache', createReader('secretsCache', options))
}
