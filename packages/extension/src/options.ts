import { ConfigurationError } from '@secrets-cache/core'
import { checkOptionValues, type OptionCheck } from '@secrets-cache/core/internal'

const checks: Readonly<Record<string, OptionCheck>> = {
  port: [(given) => isWhole(given, 65535), 'a whole number from 1 to 65535'],
  connections: [(given) => isWhole(given, 1000), 'a whole number from 1 to 1000'],
  dispatcher: [(given) => isFunction(Object(given).dispatch), 'an undici dispatcher, 7 or later'],
  token: [isFunction, 'a function that gives the token'],
  agent: [(given) => typeof given === 'boolean', 'true or false'],
  environment: [(given) => typeof given === 'object' && given !== null, 'an object of variables'],
}

/** @throws ConfigurationError for a name that is no option, a value that is none, and two that exclude each other */
export function checkExtensionOptions(options: object): void {
  checkOptionValues('extension()', options, checks)
  const { dispatcher, connections } = options as { dispatcher?: unknown; connections?: unknown }
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
