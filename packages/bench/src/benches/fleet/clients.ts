import type { SdkOptions } from '@secrets-cache/sdk'
import type { Cloud } from './cloud.ts'

/** The input of the commands that the source sends to either service. */
interface Input {
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
      const { Names, Name, SecretIdList, SecretId } = command.input
      if (serviceId === 'SSM') {
        await cloud.call('parameterStore', abortSignal)
        return Names
          ? { Parameters: Names.map(parameter), InvalidParameters: [] }
          : { Parameter: parameter(Name) }
      }
      await cloud.call(SecretIdList ? 'secretsManagerBatch' : 'secretsManager', abortSignal)
      return SecretIdList ? { SecretValues: SecretIdList.map(secret), Errors: [] } : secret(SecretId)
    },
  })
  return { ssm: client('SSM'), secretsManager: client('Secrets Manager') } as unknown as Clients
}

const parameter = (Name: string | undefined) => ({ Name, Value: 'value', Type: 'String', Version: 1 })
const secret = (Name: string | undefined) => ({ Name, SecretString: 'value', VersionId: 'version-1' })
