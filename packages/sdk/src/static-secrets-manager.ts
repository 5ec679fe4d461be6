import { type Source, UnsupportedError } from '@secrets-cache/core'
import { leftOut } from './clients/services.ts'
import { staticSecretsManager } from './clients/static-secrets-manager.ts'
import { createSource } from './create-source.ts'
import type { SdkOptions } from './options.ts'

export type { SdkClient } from './clients/services.ts'

/** The options of `sdk()`, but for the client of Parameter Store. */
export type SecretsManagerOptions = Omit<SdkOptions, 'ssm'>

const parameterStore = leftOut(
  'ssm',
  new UnsupportedError({
    reason: 'sdk() of /static/secrets-manager asks Secrets Manager only',
    remedy: 'Import sdk from @secrets-cache/sdk/static, which asks both.',
  }),
)

/**
 * The `sdk` of `@secrets-cache/sdk/static` for a function that needs secrets only: `@aws-sdk/client-ssm` need not be
 * installed, and is not in the bundle. A parameter is refused where it is declared.
 *
 * @example
 * import { sdk } from '@secrets-cache/sdk/static/secrets-manager'
 * secretsCache({ secrets: { db: json('prod/db') }, source: sdk() })
 * @throws ConfigurationError for an unknown option, and for a client that is none
 */
export function sdk(options: SecretsManagerOptions = {}): Source {
  return createSource({ secretsmanager: staticSecretsManager, ssm: parameterStore }, options)
}
