import { validation } from '../account/aws-error.ts'

/** The members of a JSON request; checked where they are read, as AWS does. */
export type Input = Readonly<Record<string, unknown>>

export const textOf = (input: Input, member: string): string | undefined => {
  const value = input[member]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw serialization(member)
  return value
}

export const requiredText = (input: Input, member: string): string => {
  const value = textOf(input, member)
  if (value) return value
  const rule =
    value === undefined ? 'Member must not be null' : 'Member must have length greater than or equal to 1'
  throw validation(
    `1 validation error detected: Value at '${camel(member)}' failed to satisfy constraint: ${rule}`,
  )
}

export const flagOf = (input: Input, member: string): boolean => input[member] === true

export const textsOf = (input: Input, member: string): readonly string[] | undefined => {
  const value = input[member]
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) throw serialization(member)
  return value
}

/** A list with a length AWS checks before anything else. */
export const boundedTexts = (input: Input, member: string, most: number): readonly string[] => {
  const list = textsOf(input, member) ?? []
  if (list.length >= 1 && list.length <= most) return list
  const rule =
    list.length < 1
      ? 'Member must have length greater than or equal to 1'
      : `Member must have length less than or equal to ${most}`
  throw validation(
    `1 validation error detected: Value at '${camel(member)}' failed to satisfy constraint: ${rule}`,
  )
}

export const numberOf = (input: Input, member: string): number | undefined => {
  const value = input[member]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number') throw serialization(member)
  return value
}

/** AWS JSON counts time in seconds since 1970, with a fraction. */
export const seconds = (milliseconds: number): number => milliseconds / 1000

const camel = (member: string): string => member.charAt(0).toLowerCase() + member.slice(1)

const serialization = (member: string) => validation(`Unexpected type of member ${camel(member)}`)
