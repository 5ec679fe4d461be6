import type { Secret } from '../../account/secrets.ts'

/** Filters by `name` and `all`, both as prefixes, `!` for not; other keys match nothing here. */
export const matchesFilters = ({ name }: Secret, filters: unknown): boolean =>
  !Array.isArray(filters) || filters.every((filter) => matches(name, filter))

const matches = (
  name: string,
  { Key, Values }: { readonly Key?: string; readonly Values?: readonly string[] },
) =>
  (Key === 'name' || Key === 'all') &&
  Array.isArray(Values) &&
  Values.some((value: string) =>
    value.startsWith('!') ? !name.startsWith(value.slice(1)) : name.startsWith(value),
  )
