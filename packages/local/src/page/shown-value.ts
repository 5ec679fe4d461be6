import type { Account, Kind } from '../account/account.ts'
import { selectVersion } from '../account/parameters.ts'
import { LocalError } from '../local-error.ts'

/** One value, for the page that asks for it: text, or bytes in base64. */
export interface ShownValue {
  readonly text?: string
  readonly base64?: string
}

/** The value of a version. */
export const shownValue = (
  { secrets, parameters }: Account,
  kind: Kind,
  id: string,
  version: string,
): ShownValue => {
  if (kind === 'parameter') {
    const parameter = parameters.find(id)
    if (!parameter) return unknown(kind, id)
    return { text: selectVersion(parameter, version).value }
  }
  const held = secrets.find(id)?.versions.get(version)
  if (!held) return unknown(kind, id)
  const { value } = held
  return typeof value === 'string' ? { text: value } : { base64: Buffer.from(value).toString('base64') }
}

const unknown = (kind: Kind, id: string): never => {
  throw new LocalError('UNKNOWN_ID', `There is no such version of the ${kind} "${id}".`)
}
