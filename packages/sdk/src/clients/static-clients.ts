import {
  BatchGetSecretValueCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import {
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  SSMClient,
} from '@aws-sdk/client-ssm'
import { servicesOver } from './services.ts'

/** Both packages are loaded with this file. They are imported by name: a bundler leaves out all that is not named. */
export const staticClients = servicesOver({
  secretsManager: async () => ({ SecretsManagerClient, GetSecretValueCommand, BatchGetSecretValueCommand }),
  ssm: async () => ({ SSMClient, GetParameterCommand, GetParametersCommand, GetParametersByPathCommand }),
})
