import type { SdkOptions } from '@secrets-cache/sdk'
import { UsageError } from '../usage-error.ts'
import type { Credentials } from './assume-role.ts'

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

/** A client's package is installed by who needs it. */
export async function load<Module>(module: Promise<Module>, name: string): Promise<Module> {
  try {
    return await module
  } catch {
    throw new UsageError(`${name} is not installed: npm i -D ${name}`)
  }
}
