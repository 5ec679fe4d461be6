import { ConfigurationError, checkOptions as checkNames } from '@secrets-cache/core'

type Check = readonly [isValid: (value: unknown) => boolean, expected: string]

const checks = new Map<string, Check>([
  ['port', [(value) => isWhole(value, 65535), 'a whole number from 1 to 65535']],
  ['connections', [(value) => isWhole(value, 1000), 'a whole number from 1 to 1000']],
  ['dispatcher', [(value) => isFunction(Object(value).dispatch), 'an undici dispatcher, 7 or later']],
  ['token', [isFunction, 'a function that gives the token']],
  ['agent', [(value) => typeof value === 'boolean', 'true or false']],
  ['environment', [(value) => typeof value === 'object' && value !== null, 'an object of variables']],
])

/** @throws ConfigurationError for a name that is no option (with the nearest), and for a value that is none */
export function checkOptions(options: object): void {
  checkNames('extension()', options, [...checks.keys()])
  for (const [name, value] of Object.entries(options)) {
    const [isValid, expected] = checks.get(name) as Check
    if (value !== undefined && !isValid(value)) throw refuse(`was given a wrong ${name}`, `Give ${expected}.`)
  }
  const { dispatcher, connections } = options as { dispatcher?: unknown; connections?: unknown }
  if (dispatcher && connections) {
    throw refuse('was given dispatcher and connections', 'Set the number of connections on the dispatcher.')
  }
}

function refuse(what: string, remedy: string): ConfigurationError {
  return new ConfigurationError({ reason: `extension() ${what}`, remedy })
}

function isWhole(value: unknown, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}
