import type { Source } from '@secrets-cache/core'
import { lazyClients } from './clients/lazy-clients.ts'
import { createSource } from './create-source.ts'
import type { SdkOptions } from './options.ts'

/**
 * A source over the AWS SDK clients: up to 20 secrets or 10 parameters in one call. Each client is loaded with the
 * first thing that needs it, from `@aws-sdk/client-secrets-manager` or `@aws-sdk/client-ssm`, which you install.
 * Endpoint, Region and credentials are found as the SDK finds them.
 *
 * @example
 * secretsCache({ secrets: { db: json('prod/db') }, source: sdk() })
 * @throws ConfigurationError for an unknown option, and for a client that is none
 */
export function sdk(options: SdkOptions = {}): Source {
  return createSource(lazyClients, options)
}
