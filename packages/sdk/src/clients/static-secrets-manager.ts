import {
  BatchGetSecretValueCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { secretsManagerOver } from './services.ts'

/** The package is loaded with this file, and imported by name: a bundler leaves out all that is not named. */
export const staticSecretsManager = secretsManagerOver(async () => ({
  SecretsManagerClient,
  GetSecretValueCommand,
  BatchGetSecretValueCommand,
}))
