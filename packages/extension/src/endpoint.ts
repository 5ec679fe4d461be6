import {
  ConfigurationError,
  InvalidRequestError,
  type ParameterReference,
  type SecretReference,
} from '@secrets-cache/core'

const portVariable = 'PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'
const defaultPort = '2773'

/** The port as it was given, unchecked: it makes one endpoint different from another. */
export function namedPort(option: number | undefined, environment: NodeJS.ProcessEnv): string {
  return String(option ?? (environment[portVariable] || defaultPort))
}

/**
 * The port of the layer or the agent.
 *
 * @throws ConfigurationError where it is not a port; nothing of it gets into a URL
 */
export function portOf(option: number | undefined, environment: NodeJS.ProcessEnv): string {
  const port = namedPort(option, environment)
  if (!/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65535) {
    throw new ConfigurationError({
      reason: `${portVariable} is not a port: ${JSON.stringify(port.slice(0, 40))}`,
      remedy: 'Give a whole number from 1 to 65535.',
    })
  }
  return port
}

/** The address is 127.0.0.1: to resolve `localhost` costs milliseconds. */
export function originOf(port: string): string {
  return `http://127.0.0.1:${port}`
}

/** What the layer and the agent can be asked for. */
export type Askable = SecretReference | ParameterReference

/**
 * Path and query of one reference, each value encoded whole: whatever the name holds, it arrives as one value.
 *
 * @throws InvalidRequestError where a name is not well-formed Unicode
 */
export function pathOf(reference: Askable, refresh: boolean): string {
  const { path, query } =
    reference.kind === 'secret' ? forSecret(reference, refresh) : forParameter(reference)
  try {
    return `${path}?${Object.entries(query).flatMap(pair).join('&')}`
  } catch {
    throw new InvalidRequestError({ reason: 'its name is not well-formed Unicode' })
  }
}

function forSecret({ id, versionId, stage }: SecretReference, refresh: boolean) {
  const refreshNow = refresh || undefined
  return { path: '/secretsmanager/get', query: { secretId: id, versionId, versionStage: stage, refreshNow } }
}

function forParameter({ id, version, label, decrypt }: ParameterReference) {
  const withDecryption = decrypt || undefined
  return { path: '/systemsmanager/parameters/get', query: { name: id, version, label, withDecryption } }
}

function pair([name, value]: [string, string | number | true | undefined]): string[] {
  return value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]
}
