/** What is used of an AWS SDK client. */
export interface SdkClient {
  /** Which service it is for: `Secrets Manager` or `SSM`. */
  readonly config: { readonly serviceId?: string | undefined }
  send(command: never, options: { readonly abortSignal: AbortSignal }): Promise<unknown>
}

/** What tells a service, and where it is, from the other one. */
export interface Address {
  readonly serviceId: string
  /** The variable that names its endpoint, before AWS_ENDPOINT_URL. */
  readonly endpointVariable: string
}

/** One of the two services: its package, and how a client of it is made. */
export interface Service<Module> extends Address {
  readonly load: () => Promise<Module>
  /** A client in this Region, else in the one that the SDK finds. */
  readonly createClient: (module: Module, region: string | undefined) => SdkClient
}

/**
 * In milliseconds. A dead connection is noticed early enough for the SDK's three attempts to fit into the five seconds
 * that core gives a load. Without `throwOnRequestTimeout` the SDK only warns.
 */
const requestHandler = { connectionTimeout: 1_000, requestTimeout: 1_500, throwOnRequestTimeout: true }

/** The SDK takes undefined for a Region that it is to find by itself; its types do not say so. */
const settingsFor = (region: string | undefined) => ({ requestHandler, region: region as string })

/** What is used of `@aws-sdk/client-secrets-manager`. */
export type SecretsManagerModule = Pick<
  typeof import('@aws-sdk/client-secrets-manager'),
  'SecretsManagerClient' | 'GetSecretValueCommand' | 'BatchGetSecretValueCommand'
>

/** What is used of `@aws-sdk/client-ssm`. */
export type SsmModule = Pick<
  typeof import('@aws-sdk/client-ssm'),
  'SSMClient' | 'GetParameterCommand' | 'GetParametersCommand' | 'GetParametersByPathCommand'
>

/** Both services, and how their packages are come by. */
export interface Services {
  readonly secretsManager: Service<SecretsManagerModule>
  readonly ssm: Service<SsmModule>
}

export const addresses = {
  secretsManager: {
    serviceId: 'Secrets Manager',
    endpointVariable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  },
  ssm: { serviceId: 'SSM', endpointVariable: 'AWS_ENDPOINT_URL_SSM' },
} as const

export function servicesOver(load: {
  readonly secretsManager: () => Promise<SecretsManagerModule>
  readonly ssm: () => Promise<SsmModule>
}): Services {
  return {
    secretsManager: {
      ...addresses.secretsManager,
      load: load.secretsManager,
      createClient: ({ SecretsManagerClient }, region) => new SecretsManagerClient(settingsFor(region)),
    },
    ssm: {
      ...addresses.ssm,
      load: load.ssm,
      createClient: ({ SSMClient }, region) => new SSMClient(settingsFor(region)),
    },
  }
}
