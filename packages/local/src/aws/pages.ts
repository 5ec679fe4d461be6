import { AwsError } from '../account/aws-error.ts'

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextToken?: string
}

/** Cuts a list by offset; the token is opaque to clients, as AWS's is. */
export const pageOf = <Item>(
  all: readonly Item[],
  size: number,
  token: string | undefined,
  invalidToken: string,
): Page<Item> => {
  const start = token === undefined ? 0 : offsetIn(token, invalidToken)
  const end = start + size
  return { items: all.slice(start, end), ...(end < all.length ? { nextToken: tokenAt(end) } : {}) }
}

export const tokenAt = (offset: number): string => Buffer.from(`local:${offset}`).toString('base64url')

const offsetIn = (token: string, invalidToken: string): number => {
  const match = /^local:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())
  if (!match) throw new AwsError(invalidToken, 'The specified token is not valid.')
  return Number(match[1])
}
