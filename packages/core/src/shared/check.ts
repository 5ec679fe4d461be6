import { ConfigurationError } from '../errors/index.ts'
import { nearest } from './nearest.ts'

/** Refuses what is not a plain object of options, and every name that is not one of `allowed`. */
export function checkOptions(where: string, given: unknown, allowed: readonly string[]): void {
  if (!isPlainObject(given)) {
    throw new ConfigurationError({
      reason: `${where} is ${nameOf(given)}`,
      remedy: `Pass an object with ${orList(allowed)}.`,
    })
  }
  for (const name of Object.keys(given)) {
    if (allowed.includes(name)) continue
    throw new ConfigurationError({
      reason: `${where} has no option ${JSON.stringify(name)}`,
      remedy: meantOr(name, allowed, 'It has'),
    })
  }
}

/** How one option is judged, and what is told to be allowed: `Give ${expected}.` */
export type OptionCheck = readonly [isValid: (given: unknown) => boolean, expected: string]

/** Refuses an unknown name, and a value that its check refuses; `undefined` is an option left out. */
export function checkOptionValues(
  where: string,
  options: object,
  checks: Readonly<Record<string, OptionCheck>>,
): void {
  checkOptions(where, options, Object.keys(checks))
  for (const [name, given] of Object.entries(options)) {
    if (given !== undefined) checkValue(`${where}: ${name}`, given, checks[name] as OptionCheck)
  }
}

/** Refuses a value that its check refuses. */
export function checkValue(what: string, given: unknown, [isValid, expected]: OptionCheck): void {
  if (isValid(given)) return
  throw new ConfigurationError({ reason: `${what} is ${nameOf(given)}`, remedy: `Give ${expected}.` })
}

const isDuration = (given: unknown): given is number => typeof given === 'number' && given >= 0

export const seconds: OptionCheck = [isDuration, 'seconds as a number from 0 up, or Infinity']

export const milliseconds: OptionCheck = [
  (given) => isDuration(given) && Number.isFinite(given),
  'milliseconds as a number from 0 up',
]

export const flag: OptionCheck = [(given) => typeof given === 'boolean', 'true or false']

/** A key was named that is not declared. */
export function undeclared(where: string, key: string, keys: readonly string[]): ConfigurationError {
  return new ConfigurationError({
    reason: `${where}: ${JSON.stringify(key)} is not declared`,
    remedy: meantOr(key, keys, 'Declared are'),
  })
}

function meantOr(given: string, words: readonly string[], otherwise: string): string {
  const meant = nearest(given, words)
  return meant ? `Did you mean ${JSON.stringify(meant)}?` : `${otherwise} ${orList(words)}.`
}

export function isPlainObject(candidate: unknown): candidate is Record<string, unknown> {
  if (typeof candidate !== 'object' || candidate === null) return false
  const prototype = Object.getPrototypeOf(candidate)
  // Another realm's Object.prototype is as plain: Jest and vm contexts have their own.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** What a wrong thing is, without its content: it may be a secret in the wrong place. */
export function nameOf(given: unknown): string {
  if (given === null || given === undefined) return String(given)
  if (typeof given === 'number' || typeof given === 'boolean') return String(given)
  if (typeof given === 'string') return given === '' ? 'an empty string' : 'a string'
  return Array.isArray(given) ? 'an array' : typeof given === 'function' ? 'a function' : 'an object'
}

export function orList(words: readonly string[]): string {
  return words.length < 2 ? String(words) : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
