import { LocalError } from '../local-error.ts'
import { didYouMean } from '../nearest.ts'

/** The layer's own variables, complete (AWS documentation), with what each may be. */
const VARIABLES = {
  PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED: 'TRUE or FALSE',
  PARAMETERS_SECRETS_EXTENSION_CACHE_SIZE: 'a whole number from 0 to 1000',
  PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: 'a port',
  PARAMETERS_SECRETS_EXTENSION_LOG_LEVEL: 'DEBUG, INFO, WARN, ERROR or NONE',
  PARAMETERS_SECRETS_EXTENSION_MAX_CONNECTIONS: 'a whole number from 1',
  SECRETS_MANAGER_TIMEOUT_MILLIS: 'a whole number; 0 = none',
  SECRETS_MANAGER_TTL: 'a whole number of seconds from 0; over 300 becomes 300',
  SSM_PARAMETER_STORE_TIMEOUT_MILLIS: 'a whole number; 0 = none',
  SSM_PARAMETER_STORE_TTL: 'a whole number of seconds from 0; over 300 becomes 300',
} as const

export type LayerVariable = keyof typeof VARIABLES
export type LayerEnvironment = Readonly<Partial<Record<LayerVariable, string>>>

export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'NONE'

export interface LayerSettings {
  /** Items; 0 = no cache. */
  readonly cacheSize: number
  readonly logLevel: LogLevel
  /** For each of the two services. */
  readonly maxConnections: number
  /** Seconds. */
  readonly ttl: { readonly secretsmanager: number; readonly ssm: number }
  /** Milliseconds; 0 = none. */
  readonly timeout: { readonly secretsmanager: number; readonly ssm: number }
  /** Warnings that the layer logs at its start about values that it changes. */
  readonly warnings: readonly string[]
}

const LONGEST_TTL = 300
const LEVELS: readonly LogLevel[] = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'NONE']

/** Reads the variables; what the real layer does with nonsense is unverified, so nonsense is refused here. */
export const readSettings = (environment: LayerEnvironment): LayerSettings => {
  for (const name of Object.keys(environment)) {
    if (!(name in VARIABLES))
      throw new LocalError(
        'INVALID_OPTION',
        `environment: the layer has no variable "${name}".${didYouMean(name, Object.keys(VARIABLES))}`,
      )
  }
  const warnings: string[] = []
  const clamped = (name: LayerVariable, words: string): number => {
    const seconds = whole(environment, name, LONGEST_TTL)
    if (seconds <= LONGEST_TTL) return seconds
    warnings.push(`${name} exceeds max limit. Setting ${words} TTL to 5m0s.`)
    return LONGEST_TTL
  }
  const enabled = oneOf(environment, 'PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED', ['TRUE', 'FALSE'], 'TRUE')
  const size = whole(environment, 'PARAMETERS_SECRETS_EXTENSION_CACHE_SIZE', 1000, 0, 1000)
  return {
    cacheSize: enabled === 'TRUE' ? size : 0,
    logLevel: oneOf(environment, 'PARAMETERS_SECRETS_EXTENSION_LOG_LEVEL', LEVELS, 'INFO'),
    maxConnections: whole(environment, 'PARAMETERS_SECRETS_EXTENSION_MAX_CONNECTIONS', 3, 1),
    ttl: {
      // "Manger" is how the real layer spells it.
      secretsmanager: clamped('SECRETS_MANAGER_TTL', 'Secrets Manger'),
      // The wording of this one is unverified.
      ssm: clamped('SSM_PARAMETER_STORE_TTL', 'SSM Parameter Store'),
    },
    timeout: {
      secretsmanager: whole(environment, 'SECRETS_MANAGER_TIMEOUT_MILLIS', 0),
      ssm: whole(environment, 'SSM_PARAMETER_STORE_TIMEOUT_MILLIS', 0),
    },
    warnings,
  }
}

/** Those of the layer's variables that are set in an environment. */
export const layerVariablesIn = (
  environment: Readonly<Record<string, string | undefined>>,
): LayerEnvironment =>
  Object.fromEntries(
    Object.keys(VARIABLES).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  )

const whole = (
  environment: LayerEnvironment,
  name: LayerVariable,
  fallback: number,
  least = 0,
  most = Number.MAX_SAFE_INTEGER,
): number => {
  const given = environment[name]
  if (given === undefined || given === '') return fallback
  const value = /^\d+$/.test(given) ? Number(given) : Number.NaN
  return value >= least && value <= most ? value : refuse(name, given)
}

const oneOf = <Word extends string>(
  environment: LayerEnvironment,
  name: LayerVariable,
  words: readonly Word[],
  fallback: Word,
): Word => {
  const given = environment[name]
  if (given === undefined || given === '') return fallback
  return words.find((word) => word === given.toUpperCase()) ?? refuse(name, given)
}

const refuse = (name: LayerVariable, given: string): never => {
  throw new LocalError('INVALID_OPTION', `environment: ${name} is "${given}"; it must be ${VARIABLES[name]}.`)
}
