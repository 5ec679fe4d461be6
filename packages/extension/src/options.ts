import { ConfigurationError } from '@secrets-cache/core'
import { checkOptionValues, type OptionCheck } from '@secrets-cache/core/internal'

const flag: OptionCheck = [(given) => typeof given === 'boolean', 'true or false']

const checks: Readonly<Record<string, OptionCheck>> = {
  port: [(given) => isWhole(given, 65535), 'a whole number from 1 to 65535'],
  connections: [(given) => isWhole(given, 1000), 'a whole number from 1 to 1000'],
  dispatcher: [(given) => isFunction(Object(given).dispatch), 'an undici dispatcher, 7 or later'],
  token: [isFunction, 'a function that gives the token'],
  agent: [
    (given) => typeof given === 'boolean' || (typeof given === 'object' && given !== null),
    'true or false, or an object with ttl and ignoreTransientErrors',
  ],
  environment: [(given) => typeof given === 'object' && given !== null, 'an object of variables'],
}

const agentChecks: Readonly<Record<string, OptionCheck>> = {
  ttl: [
    (given) => typeof given === 'number' && given >= 0 && given <= 3_600,
    'the ttl_seconds of the agent, from 0 to 3600',
  ],
  ignoreTransientErrors: flag,
}

/** @throws ConfigurationError for a name that is no option, a value that is none, and two that exclude each other */
export function checkExtensionOptions(options: object): void {
  checkOptionValues('extension()', options, checks)
  const { dispatcher, connections, agent } = options as Readonly<Record<string, unknown>>
  if (typeof agent === 'object') checkOptionValues('extension(): agent', agent as object, agentChecks)
  if (!dispatcher || !connections) return
  throw new ConfigurationError({
    reason: 'extension() was given dispatcher and connections',
    remedy: 'Set the number of connections on the dispatcher.',
  })
}

function isWhole(value: unknown, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}
