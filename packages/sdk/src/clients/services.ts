import type { SecretsCacheError } from '@secrets-cache/core'
import type { AwsAction, AwsInputs, AwsService } from '@secrets-cache/core/internal/aws'

/** What is used of an AWS SDK client. */
export interface SdkClient {
  /** Which service it is for: `Secrets Manager` or `SSM`. */
  readonly config: { readonly serviceId?: string | undefined }
  /** Sends a command. The SDK's own types are not needed: every command fits. */
  send(command: never, options: { readonly abortSignal: AbortSignal }): Promise<unknown>
}

/** What is used of a command of the SDK. */
export interface SdkCommand {
  readonly middlewareStack: { add(middleware: (next: Step) => Step, options: object): void }
}

/** One step of the SDK's way from a command to the wire. */
export type Step = (args: never) => Promise<unknown>

/** What distinguishes a service from the other one. */
export interface Address {
  readonly serviceId: string
  /** The variable that names its endpoint, before AWS_ENDPOINT_URL. */
  readonly endpointVariable: string
  readonly packageName: string
}

/** One of the two services: where it is, and how its package is imported. */
export interface Service extends Address {
  /** Rejects with MissingClientError. */
  readonly load: () => Promise<ServicePackage>
  /** Why it can never be asked, where the entry has no client for it. */
  readonly leftOut?: SecretsCacheError
}

/** What is made with the package of a service. */
export interface ServicePackage {
  /** A client in this Region, or, without one, in the Region that the SDK finds. */
  readonly createClient: (region: string | undefined) => SdkClient
  readonly commands: { readonly [Action in AwsAction]?: (input: AwsInputs[Action]) => SdkCommand }
}

export type Services = { readonly [Name in AwsService]: Service }

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

export const addresses = {
  secretsmanager: {
    serviceId: 'Secrets Manager',
    endpointVariable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
    packageName: '@aws-sdk/client-secrets-manager',
  },
  ssm: { serviceId: 'SSM', endpointVariable: 'AWS_ENDPOINT_URL_SSM', packageName: '@aws-sdk/client-ssm' },
} as const

/** Secrets Manager over its package, however that is imported. */
export function secretsManagerOver(load: () => Promise<SecretsManagerModule>): Service {
  return {
    ...addresses.secretsmanager,
    async load() {
      const { SecretsManagerClient, GetSecretValueCommand, BatchGetSecretValueCommand } = await load()
      return {
        createClient: (region) => new SecretsManagerClient(settingsFor(region)),
        commands: {
          GetSecretValue: (input) => new GetSecretValueCommand(input),
          BatchGetSecretValue: (input) => new BatchGetSecretValueCommand(input),
        },
      }
    },
  }
}

/** Parameter Store over its package, however that is imported. */
export function parameterStoreOver(load: () => Promise<SsmModule>): Service {
  return {
    ...addresses.ssm,
    async load() {
      const { SSMClient, GetParameterCommand, GetParametersCommand, GetParametersByPathCommand } =
        await load()
      return {
        createClient: (region) => new SSMClient(settingsFor(region)),
        commands: {
          GetParameter: (input) => new GetParameterCommand(input),
          GetParameters: (input) => new GetParametersCommand(input),
          GetParametersByPath: (input) => new GetParametersByPathCommand(input),
        },
      }
    },
  }
}

/** A service that an entry leaves out of the bundle, and why nothing can be asked of it there. */
export function leftOut(service: AwsService, why: SecretsCacheError): Service {
  const load = async () => {
    throw why
  }
  return { ...addresses[service], load, leftOut: why }
}
