import type { SdkOptions } from '@secrets-cache/sdk'
import type { Credentials } from './assume-role.ts'
import { load } from './load-client.ts'

/** Clients with the credentials of a role. */
export async function clientsWith(credentials: Credentials, region: string | undefined): Promise<SdkOptions> {
  const [{ SecretsManagerClient }, { SSMClient }] = await Promise.all([
    load(import('@aws-sdk/client-secrets-manager'), '@aws-sdk/client-secrets-manager'),
    load(import('@aws-sdk/client-ssm'), '@aws-sdk/client-ssm'),
  ])
  // The SDK takes undefined for a Region that it is to find by itself; its types do not say so.
  const settings = { credentials, region: region as string }
  return { secretsManager: new SecretsManagerClient(settings), ssm: new SSMClient(settings) }
}
