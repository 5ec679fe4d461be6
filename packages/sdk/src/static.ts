import type { Source } from '@secrets-cache/core'
import { staticParameterStore } from './clients/static-parameter-store.ts'
import { staticSecretsManager } from './clients/static-secrets-manager.ts'
import { createSource } from './create-source.ts'
import type { SdkOptions } from './options.ts'

export type { SdkClient } from './clients/services.ts'
export type { SdkOptions } from './options.ts'

/**
 * The `sdk` of `@secrets-cache/sdk`, for a function that is bundled together with the AWS SDK: both clients must be
 * installed and are loaded with this module, and of each the bundle holds only what is used.
 *
 * @example
 * import { sdk } from '@secrets-cache/sdk/static'
 * secretsCache({ secrets: { db: json('prod/db') }, source: sdk() })
 * @throws ConfigurationError for an unknown option, and for a client that is none
 */
export function sdk(options: SdkOptions = {}): Source {
  return createSource({ secretsmanager: staticSecretsManager, ssm: staticParameterStore }, options)
}
