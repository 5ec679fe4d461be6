import { named } from './handlers/declared.ts'

/** As many of each kind as the largest handler needs. */
const most = 100

/** Every value is of this length, so that what was received can be checked. */
const valueLength = 24

export const charactersOf = (count: number): number => count * valueLength

/** What the pretended account holds. */
export function values() {
  const valued = (names: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.values(names).map((name) => [name, name.padEnd(valueLength, '.')]))
  return {
    secrets: valued(named(most, 'secret', 'bench/secret-')),
    parameters: valued(named(most, 'parameter', '/bench/parameter-')),
  }
}
