import { type Source, UnsupportedError } from '@secrets-cache/core'
import { leftOut } from './clients/services.ts'
import { staticParameterStore } from './clients/static-parameter-store.ts'
import { createSource } from './create-source.ts'
import type { SdkOptions } from './options.ts'

export type { SdkClient } from './clients/services.ts'

/** The options of `sdk()`, but for the client of Secrets Manager. */
export type ParameterStoreOptions = Omit<SdkOptions, 'secretsManager'>

const secretsManager = leftOut(
  'secretsmanager',
  new UnsupportedError({
    reason: 'sdk() of /static/parameter-store asks Parameter Store only',
    remedy: 'Import sdk from @secrets-cache/sdk/static, which asks both.',
  }),
)

/**
 * The `sdk` of `@secrets-cache/sdk/static` for a function that needs parameters only: `@aws-sdk/client-secrets-manager`
 * need not be installed, and is not in the bundle. A secret is refused where it is declared.
 *
 * @example
 * import { sdk } from '@secrets-cache/sdk/static/parameter-store'
 * parametersCache({ parameters: { hosts: list('/prod/hosts') }, source: sdk() })
 * @throws ConfigurationError for an unknown option, and for a client that is none
 */
export function sdk(options: ParameterStoreOptions = {}): Source {
  return createSource({ secretsmanager: secretsManager, ssm: staticParameterStore }, options)
}
