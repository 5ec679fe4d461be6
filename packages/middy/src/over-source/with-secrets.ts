import {
  ConfigurationError,
  type Declarations,
  type ParametersDeclaration,
  type SecretsDeclaration,
} from '@secrets-cache/core'
import { createReader } from '@secrets-cache/core/internal'
import { type HookRequest, hooksOf } from '../hooks.ts'
import type { ContextWith, HandlerOptions, LambdaContext } from '../types.ts'
import type { GivenSource } from './given-source.ts'

/**
 * A handler together with what it needs. The declared values are fetched when it is called, and are on the context that
 * it gets. The result is a handler that needs nothing: for Lambda, for `middy()` with any middlewares, and for a test.
 * @throws {ConfigurationError | UnsupportedError} an option or a declaration can never work; nothing was asked.
 * @example
 * const declared = { source: direct(), secrets: { stripe: 'prod/stripe/key' } }
 * export const handler = middy(
 *   withSecrets(declared, async (event: Event, { secrets }) => charge(secrets.stripe)),
 * ).use(httpErrorHandler())
 */
export function withSecrets<
  const Secrets extends SecretsDeclaration = Record<never, never>,
  const Parameters extends ParametersDeclaration = Record<never, never>,
  Event = unknown,
  Result = unknown,
>(
  options: Declarations<Secrets, Parameters> & GivenSource,
  handler: (event: Event, context: ContextWith<Secrets, Parameters>, options?: HandlerOptions) => Result,
): (event: Event, context: LambdaContext) => Promise<Awaited<Result>> {
  if (typeof handler !== 'function') {
    throw new ConfigurationError({
      reason: 'withSecrets has no handler',
      remedy:
        'Give the declaration first, then the handler: withSecrets({ secrets }, async (event, context) => ...).',
    })
  }
  const { before, after, onError } = hooksOf('withSecrets', createReader('withSecrets', options))

  return async (event, given, ...more): Promise<Awaited<Result>> => {
    const request: Invocation = { context: given ?? {}, response: undefined, error: undefined }
    try {
      // Nothing to wait for while all values are fresh.
      const loading = before(request)
      if (loading) await loading
      const response = await handler(event, request.context as never, ...(more as []))
      request.response = response
      after(request)
      return response
    } catch (error) {
      request.error = error
      onError(request)
      throw error
    }
  }
}

/** What Middy's request is to the hooks. */
type Invocation = { -readonly [Name in keyof HookRequest]: HookRequest[Name] }
