import { isDeepStrictEqual } from 'node:util'
import type { Values } from '../account/account.ts'
import type { Local } from '../start.ts'
import { readValues } from './values-file.ts'

/** Applies the changes in a values file to the account as rotations, and reports each by name. */
export const createRotator = (file: string, first: Values, local: Local, say: (line: string) => void) => {
  let held = first
  return async (): Promise<void> => {
    try {
      const next = await readValues(file)
      for (const line of rotateAll(local, held, next)) say(line)
      held = next
    } catch (error) {
      say(`The file changed and is not taken: ${(error as Error).message}`)
    }
  }
}

const rotateAll = ({ account }: Local, before: Values, after: Values): readonly string[] => [
  ...changes(before.secrets, after.secrets, account.putSecret, (id) =>
    account.delete(id, { kind: 'secret' }),
  ),
  ...changes(before.parameters, after.parameters, account.putParameter, (id) =>
    account.delete(id, { kind: 'parameter' }),
  ),
]

const changes = <Value>(
  before: Readonly<Record<string, Value>> = {},
  after: Readonly<Record<string, Value>> = {},
  put: (id: string, value: Value) => unknown,
  remove: (id: string) => void,
): readonly string[] => {
  const lines: string[] = []
  for (const [id, value] of Object.entries(after)) {
    if (isDeepStrictEqual(before[id], value)) continue
    put(id, value)
    lines.push(`${id in before ? 'rotated' : 'added'} ${id}`)
  }
  for (const id of Object.keys(before)) {
    if (id in after) continue
    remove(id)
    lines.push(`removed ${id}`)
  }
  return lines
}
