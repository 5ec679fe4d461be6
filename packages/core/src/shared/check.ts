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
      reason: `${where} has no option ${quoted(name)}`,
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

/** A longer time is most likely meant in milliseconds: 300_000 of them are 3.5 days when read as seconds. */
const day = 86_400

/** A cache time. */
export const seconds: OptionCheck = [
  (given) => isDuration(given) && (given <= day || given === Number.POSITIVE_INFINITY),
  `seconds (not milliseconds) as a number from 0 to ${day}, which is a day, or Infinity`,
]

export const milliseconds: OptionCheck = [
  (given) => isDuration(given) && Number.isFinite(given),
  'milliseconds as a number from 0 up',
]

export const flag: OptionCheck = [(given) => typeof given === 'boolean', 'true or false']

/** A key was named that is not declared. */
export function undeclared(where: string, key: string, keys: readonly string[]): ConfigurationError {
  return new ConfigurationError({
    reason: `${where}: ${quoted(key)} is not declared`,
    remedy: meantOr(key, keys, 'Declared are'),
  })
}

function meantOr(given: string, words: readonly string[], otherwise: string): string {
  const meant = isWord(given) ? nearest(given, words) : undefined
  return meant ? `Did you mean ${JSON.stringify(meant)}?` : `${otherwise} ${orList(words)}.`
}

export function isPlainObject(candidate: unknown): candidate is Record<string, unknown> {
  if (typeof candidate !== 'object' || candidate === null) return false
  const prototype = Object.getPrototypeOf(candidate)
  // An object of another realm is plain too: Jest and vm contexts have an Object.prototype of their own.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** The kind of a wrong value, without its content: it may be a secret in the wrong place. */
export function nameOf(given: unknown): string {
  if (given === null || given === undefined) return String(given)
  if (typeof given === 'number' || typeof given === 'boolean') return String(given)
  if (typeof given === 'string') return given === '' ? 'an empty string' : 'a string'
  return Array.isArray(given) ? 'an array' : typeof given === 'function' ? 'a function' : 'an object'
}

/** A name as it was written, where it is short and has the form of a name; anything else may be a value. */
export function quoted(name: string): string {
  const { length } = name
  return isWord(name) ? JSON.stringify(name) : `of ${length} characters, which is no name`
}

/** Whether a text has the form of a name, a code or a class: nothing else of a foreign object is passed on. */
export function isWord(text: unknown): text is string {
  return typeof text === 'string' && /^[\w$.:-]{1,64}$/.test(text)
}

export function orList(words: readonly string[]): string {
  return words.length < 2 ? String(words) : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
