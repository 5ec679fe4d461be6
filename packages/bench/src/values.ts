import { named } from './handlers/declared.ts'

/** The number of secrets, and of parameters, that the largest handler needs. */
const most = 100

/** Every value has this length, so that what was received can be checked. */
const valueLength = 24

export const charactersOf = (count: number): number => count * valueLength

/** The content of the stand-in's account. */
export function values() {
  const valued = (names: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.values(names).map((name) => [name, name.padEnd(valueLength, '.')]))
  return {
    secrets: valued(named(most, 'secret', 'bench/secret-')),
    parameters: valued(named(most, 'parameter', '/bench/parameter-')),
  }
}
