import {
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  SSMClient,
} from '@aws-sdk/client-ssm'
import { parameterStoreOver } from './services.ts'

/** The package is loaded with this file, and imported by name: a bundler leaves out all that is not named. */
export const staticParameterStore = parameterStoreOver(async () => ({
  SSMClient,
  GetParameterCommand,
  GetParametersCommand,
  GetParametersByPathCommand,
}))
