import type { Declarations, ParametersDeclaration, SecretsDeclaration } from '@secrets-cache/core'
import { extension } from '@secrets-cache/extension'
import type { GivenSource } from './over-source/given-source.ts'
import {
  type ParametersCacheOptions,
  parametersCache as parametersCacheOver,
} from './over-source/parameters-cache.ts'
import { secretsCache as secretsCacheOver } from './over-source/secrets-cache.ts'
import { withSecrets as withSecretsOver } from './over-source/with-secrets.ts'
import type { ContextWith, HandlerOptions, LambdaContext, SecretsMiddleware } from './types.ts'

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
  return secretsCacheOver<Secrets, Parameters>(withSource(options))
}

/**
 * `secretsCache` for handlers with parameters only.
 * @example middy().use(parametersCache({ parameters: { hosts: list('/prod/orders/hosts') } })).handler(handler)
 */
export function parametersCache<const Parameters extends ParametersDeclaration>(
  options: ParametersCacheOptions<Parameters>,
): SecretsMiddleware<Record<never, never>, Parameters> {
  return parametersCacheOver<Parameters>(withSource(options))
}

/**
 * A handler together with what it needs. The declared values are fetched when it is called, and are on the context that
 * it gets. The result is a handler that needs nothing: for Lambda, for `middy()` with any middlewares, and for a test.
 * @throws {ConfigurationError | UnsupportedError} an option or a declaration can never work; nothing was asked.
 * @example
 * export const handler = middy(
 *   withSecrets({ secrets: { stripe: 'prod/stripe/key' } }, async (event: Event, { secrets }) => charge(secrets.stripe)),
 * ).use(httpErrorHandler())
 */
export function withSecrets<
  const Secrets extends SecretsDeclaration = Record<never, never>,
  const Parameters extends ParametersDeclaration = Record<never, never>,
  Event = unknown,
  Result = unknown,
>(
  options: Declarations<Secrets, Parameters>,
  handler: (event: Event, context: ContextWith<Secrets, Parameters>, options?: HandlerOptions) => Result,
): (event: Event, context: LambdaContext) => Promise<Awaited<Result>> {
  return withSecretsOver<Secrets, Parameters, Event, Result>(withSource(options), handler)
}

/** The options, with the Lambda extension as the source where none is given. */
function withSource<Options extends { readonly source?: unknown }>(options: Options): Options & GivenSource {
  // Options that are not an object are refused later, by the check of all options.
  const isOptions = typeof options === 'object' && options !== null
  const given = isOptions && options.source === undefined ? { ...options, source: extension() } : options
  return given as Options & GivenSource
}
