import type { SdkOptions } from '@secrets-cache/sdk'
import type { Cloud, Service } from './cloud.ts'

/** The input of the actions that the sources ask either service with. */
export interface Input {
  readonly Names?: readonly string[]
  readonly Name?: string
  readonly SecretIdList?: readonly string[]
  readonly SecretId?: string
}

type Clients = Required<Pick<SdkOptions, 'ssm' | 'secretsManager'>>

/** The transport of `sdk()`: clients that answer its real commands from the simulated cloud. */
export function simulatedClients(cloud: Cloud): Clients {
  const client = (serviceId: string) => ({
    config: { serviceId },
    async send(command: { readonly input: Input }, { abortSignal }: { readonly abortSignal: AbortSignal }) {
      const { service, output } = answerTo(command.input)
      await cloud.call(service, abortSignal)
      return output
    },
  })
  return { ssm: client('SSM'), secretsManager: client('Secrets Manager') } as unknown as Clients
}

/** What AWS answers, and from which of its quotas the call is taken. */
export function answerTo({ Names, Name, SecretIdList, SecretId }: Input): {
  service: Service
  output: object
} {
  if (Names)
    return { service: 'parameterStore', output: { Parameters: Names.map(parameter), InvalidParameters: [] } }
  if (Name) return { service: 'parameterStore', output: { Parameter: parameter(Name) } }
  return SecretIdList
    ? { service: 'secretsManagerBatch', output: { SecretValues: SecretIdList.map(secret), Errors: [] } }
    : { service: 'secretsManager', output: secret(SecretId) }
}

const parameter = (Name: string | undefined) => ({ Name, Value: 'value', Type: 'String', Version: 1 })
const secret = (Name: string | undefined) => ({ Name, SecretString: 'value', VersionId: 'version-1' })
