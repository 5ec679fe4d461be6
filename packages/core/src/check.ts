import { ConfigurationError } from './errors/index.ts'
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
    const [isValid, expected] = checks[name] as OptionCheck
    if (given === undefined || isValid(given)) continue
    throw new ConfigurationError({
      reason: `${where}: ${name} is ${nameOf(given)}`,
      remedy: `Give ${expected}.`,
    })
  }
}

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

/** Refuses a duration that is not a number from 0 up. */
export function checkDuration(where: string, given: unknown, unit: string, isInfiniteAllowed: boolean): void {
  if (given === undefined) return
  const isDuration = typeof given === 'number' && given >= 0 && (isInfiniteAllowed || Number.isFinite(given))
  if (isDuration) return
  throw new ConfigurationError({
    reason: `${where} is ${nameOf(given)}`,
    remedy: `Give ${unit} as a number from 0 up${isInfiniteAllowed ? ', or Infinity' : ''}.`,
  })
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
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
