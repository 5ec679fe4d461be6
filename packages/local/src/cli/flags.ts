import { parseArgs } from 'node:util'
import { LocalError } from '../local-error.ts'
import { didYouMean } from '../nearest.ts'
import { UsageError } from './usage-error.ts'

export type Flags = Readonly<
  Record<string, { readonly type: 'string' | 'boolean'; readonly short?: string; readonly multiple?: true }>
>

/** Reads flags. An unknown one is refused with the nearest known flag and `usage`. */
export const parseFlags = <Known extends Flags>(flags: Known, given: readonly string[], usage: string) => {
  const names = Object.keys(flags)
  const args = [...given]
  const { tokens } = parseArgs({ args, options: flags, strict: false, allowPositionals: true, tokens: true })
  for (const token of tokens) {
    if (token.kind !== 'option' || names.includes(token.name)) continue
    const nearest = didYouMean(token.name, names, (name) => `--${name}`)
    throw new UsageError(`there is no flag ${token.rawName}.${nearest}`, usage)
  }
  try {
    return parseArgs({ args, options: flags, allowPositionals: true })
  } catch (error) {
    return refuse((error as Error).message)
  }
}

export const wholeNumber = (flag: string, given: string): number =>
  /^\d+$/.test(given) ? Number(given) : refuse(`--${flag} is "${given}"; it is a whole number`)

export const duration = (flag: string, given: string): number => {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(given) ?? []
  if (amount === undefined) return refuse(`--${flag} is "${given}"; it is a time such as 200ms or 1.5s`)
  return Number(amount) * (unit === 's' ? 1000 : 1)
}

export const durationOrCount = (flag: string, given: string) =>
  /^\d+$/.test(given) ? { times: Number(given) } : { milliseconds: duration(flag, given) }

export const rate = (flag: string, given: string): number => {
  const [, amount] = /^(\d+)\/s$/.exec(given) ?? []
  return amount === undefined ? refuse(`--${flag} is "${given}"; it is a rate such as 40/s`) : Number(amount)
}

export const refuse = (why: string): never => {
  throw new LocalError('INVALID_OPTION', `secrets-cache-local: ${why}`)
}
