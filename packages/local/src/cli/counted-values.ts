import type { Values } from '../account/account.ts'

/** `2 secrets and 1 parameter`. */
export const countedValues = ({ secrets = {}, parameters = {} }: Values): string =>
  `${counted(secrets, 'secret')} and ${counted(parameters, 'parameter')}`

const counted = (map: object, what: string): string => {
  const { length } = Object.keys(map)
  return `${length} ${what}${length === 1 ? '' : 's'}`
}
