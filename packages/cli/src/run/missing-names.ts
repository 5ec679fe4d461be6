import { basename } from 'node:path'
import {
  type Account,
  type Call,
  type Kind,
  nearest,
  SECRET_REFERENCE,
  splitSelector,
} from '@secrets-cache/local/internal'

/** A name that was read and is not in the account, and the likely reason. */
export interface MissingName {
  readonly id: string
  readonly kind: Kind
  readonly why: string
}

/** Operations that read by name. A path may well have nothing below it. */
const READS: Readonly<Record<string, Kind>> = {
  GetSecretValue: 'secret',
  BatchGetSecretValue: 'secret',
  DescribeSecret: 'secret',
  GetParameter: 'parameter',
  GetParameters: 'parameter',
}

/** The names of these calls that the account does not have. The layer says of them only that something went wrong. */
export const missingNames = (
  calls: readonly Call[],
  account: Account,
  valuesFile: string | undefined,
): readonly MissingName[] => {
  const place = valuesFile === undefined ? 'there is no values file' : `not in ${basename(valuesFile)}`
  const missing = new Map<string, MissingName>()
  for (const { face, operation, ids } of calls) {
    const asked = READS[operation]
    if (face !== 'aws' || asked === undefined) continue
    for (const id of ids) {
      const kind = id.startsWith(SECRET_REFERENCE) ? 'secret' : asked
      const name = kind === 'secret' ? id.replace(SECRET_REFERENCE, '') : splitSelector(id).name
      if (!find(account, kind, name))
        missing.set(`${kind} ${id}`, { id, kind, why: place + hint(account, kind, name) })
    }
  }
  return [...missing.values()]
}

const find = ({ secrets, parameters }: Account, kind: Kind, name: string) => {
  // The ARN of a secret may have a selector behind it.
  if (kind === 'secret') return secrets.find(name) ?? secrets.find(splitSelector(name).name)
  return parameters.find(name)
}

const hint = (account: Account, kind: Kind, name: string): string => {
  const other = kind === 'secret' ? 'parameter' : 'secret'
  if (find(account, other, name)) return ` as a ${kind}, but as a ${other}`
  const store = kind === 'secret' ? account.secrets : account.parameters
  const word = nearest(
    name,
    store.list().map((one) => one.name),
  )
  return word === undefined ? '' : `; did you mean ${word}?`
}
