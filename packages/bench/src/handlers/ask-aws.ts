// The bare SDK used well: ten parameters per call, all calls at once, and only the clients that are needed.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm'
import { parameters, secrets } from './declared.ts'

async function askSecrets() {
  if (process.env['SECRETS'] === '0') return {}
  const client = secretsManager()
  const pairs = Object.entries(secrets).map(async ([key, SecretId]) => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }))
    return [key, SecretString]
  })
  return Object.fromEntries(await Promise.all(pairs))
}

async function askParameters() {
  if (process.env['PARAMETERS'] === '0') return {}
  const client = ssm()
  const names = Object.values(parameters)
  const tens = Array.from({ length: Math.ceil(names.length / 10) }, (_, ten) =>
    names.slice(ten * 10, ten * 10 + 10),
  )
  const answers = await Promise.all(tens.map((Names) => client.send(new GetParametersCommand({ Names }))))
  const values = new Map(
    answers.flatMap(({ Parameters }) => (Parameters ?? []).map((one) => [one.Name, one.Value])),
  )
  return Object.fromEntries(Object.entries(parameters).map(([key, name]) => [key, values.get(name)]))
}

let ofSecretsManager: SecretsManagerClient | undefined
let ofSsm: SSMClient | undefined

function secretsManager() {
  ofSecretsManager ??= new SecretsManagerClient()
  return ofSecretsManager
}

function ssm() {
  ofSsm ??= new SSMClient()
  return ofSsm
}

export const askAws = () => Promise.all([askSecrets(), askParameters()])
