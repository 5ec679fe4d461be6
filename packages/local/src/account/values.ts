import { LocalError } from '../local-error.ts'
import { didYouMean } from '../nearest.ts'
import type { NewParameterVersion, ParameterTier, ParameterType } from './parameters.ts'

/** A secret's value: text, bytes, or an object or array, stored as its JSON text. */
export type SecretInput = string | Uint8Array | object

/** A parameter's value: text is a String, an array a StringList; `{ type, value }` names its type. */
export type ParameterInput =
  | string
  | readonly string[]
  | {
      readonly type: ParameterType
      readonly value: string | readonly string[]
      /** Default: Advanced when the value is over 4 KiB. */
      readonly tier?: ParameterTier
    }

const TYPES: readonly ParameterType[] = ['String', 'StringList', 'SecureString']

/** AWS's limits, in bytes. */
export const SECRET_BYTES = 65_536
export const PARAMETER_BYTES = { Standard: 4096, Advanced: 8192 } as const

/** The value that is stored for a seed; errors name the entry, never its content. */
export const toSecretValue = (id: string, input: unknown): string | Uint8Array => {
  const value = input instanceof Uint8Array || typeof input === 'string' ? input : asJson(id, input)
  const bytes = typeof value === 'string' ? Buffer.byteLength(value) : value.byteLength
  if (bytes > SECRET_BYTES) refuse('secret', id, `has ${bytes} bytes; AWS takes at most ${SECRET_BYTES}`)
  return typeof value === 'string' ? value : Uint8Array.from(value)
}

const asJson = (id: string, input: unknown): string => {
  if (typeof input === 'object' && input !== null) return JSON.stringify(input)
  return refuse('secret', id, `is ${kind(input)}; give a string, bytes or an object. Quote it if it is text`)
}

export const toParameterVersion = (id: string, input: unknown, held?: ParameterType): NewParameterVersion => {
  const given: Untyped = isTyped(input) ? input : { value: input }
  const type = given.type ?? (Array.isArray(given.value) ? 'StringList' : (held ?? 'String'))
  if (!TYPES.includes(type))
    refuse(
      'parameter',
      id,
      `has an unknown type; it is one of ${TYPES.join(', ')}.${didYouMean(String(type), TYPES)}`,
    )
  const value = Array.isArray(given.value) ? joined(id, given.value) : given.value
  if (typeof value !== 'string')
    return refuse('parameter', id, `is ${kind(value)}; give a string, an array of strings or { type, value }`)
  if (value === '') refuse('parameter', id, 'is empty; Parameter Store takes no empty value')
  const bytes = Buffer.byteLength(value)
  const tier = given.tier ?? (bytes > PARAMETER_BYTES.Standard ? 'Advanced' : 'Standard')
  if (bytes > PARAMETER_BYTES[tier])
    refuse('parameter', id, `has ${bytes} bytes; ${tier} parameters take at most ${PARAMETER_BYTES[tier]}`)
  return { type, value, tier }
}

interface Untyped {
  readonly type?: ParameterType
  readonly value: unknown
  readonly tier?: ParameterTier
}

const isTyped = (input: unknown): input is Untyped =>
  typeof input === 'object' && input !== null && 'type' in input && 'value' in input

const joined = (id: string, members: readonly unknown[]): string => {
  if (members.some((member) => typeof member !== 'string' || member.includes(',')))
    refuse(
      'parameter',
      id,
      'is a list with a member that is no text or has a comma, which a StringList cannot hold',
    )
  return members.join(',')
}

const kind = (value: unknown): string => (value === null ? 'null' : `of type ${typeof value}`)

const refuse = (what: string, id: string, why: string): never => {
  throw new LocalError('INVALID_VALUE', `The ${what} "${id}" ${why}${why.endsWith('?') ? '' : '.'}`)
}
