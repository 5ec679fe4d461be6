import { checkOptionValues, type OptionCheck } from '@secrets-cache/core/internal'
import { addresses, type SdkClient, type Services } from './clients/services.ts'

/** How AWS is reached. Every field may be left out. */
export interface SdkOptions {
  /** A SecretsManagerClient of your own: instrumented, assuming a role. @default one made on first use */
  readonly secretsManager?: SdkClient | undefined
  /** An SSMClient of your own. @default one made on first use */
  readonly ssm?: SdkClient | undefined
  /** The Region of the clients made here. @default as the SDK finds it: AWS_REGION, else the profile's */
  readonly region?: string | undefined
  /** How many requests may run at a time. @default 10 */
  readonly concurrency?: number | undefined
}

const checks: Readonly<Record<keyof SdkOptions, OptionCheck>> = {
  secretsManager: [isClientOf(addresses.secretsmanager.serviceId), 'a SecretsManagerClient'],
  ssm: [isClientOf(addresses.ssm.serviceId), 'an SSMClient'],
  region: [(given) => typeof given === 'string' && given !== '', 'a Region such as "eu-west-1"'],
  concurrency: [(given) => Number.isInteger(given) && Number(given) > 0, 'a whole number from 1 up'],
}

/** @throws ConfigurationError for a name that is no option of these services, and for a value that is none */
export function checkSdkOptions(options: object, services: Services): void {
  const { secretsManager, ssm, ...both } = checks
  checkOptionValues('sdk()', options, {
    ...(!services.secretsmanager.leftOut && { secretsManager }),
    ...(!services.ssm.leftOut && { ssm }),
    ...both,
  })
}

/** Both clients have the same shape: the id of their service is the only difference. */
function isClientOf(serviceId: string): (given: unknown) => boolean {
  return (given) => {
    const { send, config } = Object(given) as Partial<SdkClient>
    return typeof send === 'function' && (config?.serviceId ?? serviceId) === serviceId
  }
}
