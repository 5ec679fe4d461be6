// Powertools as its documentation shows it: called in the handler, parameters fetched together by name.
import { getSecret } from '@aws-lambda-powertools/parameters/secrets'
import { getParametersByName } from '@aws-lambda-powertools/parameters/ssm'
import middy from '@middy/core'
import { maxAge, parameters, secrets } from './declared.ts'
import { received } from './received.ts'

const byName = Object.fromEntries(Object.values(parameters).map((name) => [name, {}]))

async function allSecrets() {
  if (process.env['SECRETS'] === '0') return {}
  const pairs = Object.entries(secrets).map(async ([key, name]) => [key, await getSecret(name, { maxAge })])
  return Object.fromEntries(await Promise.all(pairs))
}

async function allParameters() {
  if (process.env['PARAMETERS'] === '0') return {}
  const values: Readonly<Record<string, unknown>> = await getParametersByName(byName, { maxAge })
  return Object.fromEntries(Object.entries(parameters).map(([key, name]) => [key, values[name]]))
}

export const handler = middy().handler(async () => {
  const [ofSecrets, ofParameters] = await Promise.all([allSecrets(), allParameters()])
  return received(ofSecrets, ofParameters)
})
