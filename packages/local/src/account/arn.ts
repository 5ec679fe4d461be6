import { createHash } from 'node:crypto'

export interface Owner {
  readonly region: string
  readonly accountId: string
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** The six characters that AWS appends to a secret's ARN; computed from the name, so that a restart keeps them. */
const suffix = (name: string): string =>
  Array.from(createHash('sha256').update(name).digest().subarray(0, 6), (byte) =>
    ALPHABET.charAt(byte % ALPHABET.length),
  ).join('')

export const secretArn = ({ region, accountId }: Owner, name: string): string =>
  `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${suffix(name)}`

export const parameterArn = ({ region, accountId }: Owner, name: string): string =>
  `arn:aws:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`

export const isArn = (id: string): boolean => id.startsWith('arn:')

/** What follows `secret:` in an ARN: the name, with or without the six characters. */
export const secretPart = (arn: string): string => arn.split(':').slice(6).join(':')

/** The name inside a complete secret ARN. */
export const secretNameOf = (arn: string): string => secretPart(arn).replace(/-[A-Za-z0-9]{6}$/, '')

export const isOwn = ({ accountId }: Owner, arn: string): boolean => arn.split(':')[4] === accountId

/** A parameter's name or ARN, and the `3` or `label` after its colon, if there is one. */
export const splitSelector = (id: string): { readonly name: string; readonly selector?: string } => {
  const match = isArn(id) ? /^((?:[^:]*:){5}[^:]*)(?::(.*))?$/s.exec(id) : /^([^:]*)(?::(.*))?$/s.exec(id)
  const [, name = id, selector] = match ?? []
  return selector === undefined ? { name } : { name, selector }
}
