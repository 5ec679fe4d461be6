import type { Account } from '../account/account.ts'
import { splitSelector } from '../account/arn.ts'
import { SECRET_REFERENCE } from '../aws/parameter-store/secret-reference.ts'
import { isAction } from '../faults/in-aws.ts'
import { didYouMean } from '../nearest.ts'

/** A line for each `--deny` that matches nothing in the account, which is usually a misspelled name. */
export const unknownDenials = (denied: readonly string[], account: Account): readonly string[] => {
  const names = [...account.secrets.list(), ...account.parameters.list()].flatMap(({ name, arn }) => [
    name,
    arn,
  ])
  const isKnown = (id: string): boolean => {
    const plain = id.startsWith(SECRET_REFERENCE) ? id.slice(SECRET_REFERENCE.length) : id
    if (plain.endsWith('*')) return names.some((name) => name.startsWith(plain.slice(0, -1)))
    return (
      account.secrets.find(plain) !== undefined ||
      account.parameters.find(splitSelector(plain).name) !== undefined
    )
  }
  return denied
    .filter((id) => !isAction(id) && !isKnown(id))
    .map(
      (id) => `--deny ${id}: there is no such name in the account.${didYouMean(id, names, (name) => name)}`,
    )
}
