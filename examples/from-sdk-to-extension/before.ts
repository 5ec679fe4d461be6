import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'

// The article makes a client in each invocation; a shared one is the obvious improvement.
export const secretsManager = new SecretsManagerClient()

export const handler = async () => {
  const { SecretString = '' } = await secretsManager.send(
    new GetSecretValueCommand({ SecretId: 'sm-lambda-extension' }),
  )
  const secrets = JSON.parse(SecretString)
  return {
    'secret-one': secrets['secret-one'],
    'secret-two': secrets['secret-two'],
    'secret-three': secrets['secret-three'],
    'secret-four': secrets['secret-four'],
  }
}
