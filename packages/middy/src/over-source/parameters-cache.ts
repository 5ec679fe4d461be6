import type { ParametersDeclaration, SecretsOptions } from '@secrets-cache/core'
import { createReader } from '@secrets-cache/core/internal'
import { hooksOf } from '../hooks.ts'
import type { SecretsMiddleware } from '../types.ts'
import type { GivenSource } from './given-source.ts'

export interface ParametersCacheOptions<Parameters extends ParametersDeclaration> extends SecretsOptions {
  /** Keys of the view `parameters`, each with a name or with what `text`, `json`, `list` or `tree` makes of one. */
  readonly parameters: Parameters
}

/**
 * `secretsCache` for handlers with parameters only.
 * @example middy().use(parametersCache({ source: direct(), parameters: { hosts: list('/prod/orders/hosts') } }))
 */
export function parametersCache<const Parameters extends ParametersDeclaration>(
  options: ParametersCacheOptions<Parameters> & GivenSource,
): SecretsMiddleware<Record<never, never>, Parameters> {
  const reader = createReader<Record<never, never>, Parameters>('parametersCache', options, {
    declarable: ['parameters'],
  })
  return hooksOf('parametersCache', reader)
}
