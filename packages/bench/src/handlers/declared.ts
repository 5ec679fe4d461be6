// Each variable is written out, because a bundle replaces it by its value.

/** Seconds a value is fresh, for every handler that has such an option. */
export const maxAge = Number(process.env['MAX_AGE'] ?? 300)
export const staleWhileRevalidate = Number(process.env['STALE_WHILE_REVALIDATE'] ?? 0)

type Names = Readonly<Record<string, string>>

/** What every handler here needs: key to name. */
export const secrets: Names = named(Number(process.env['SECRETS'] ?? 3), 'secret', 'bench/secret-')
export const parameters: Names = named(
  Number(process.env['PARAMETERS'] ?? 12),
  'parameter',
  '/bench/parameter-',
)

export function named(count: number, key: string, name: string): Names {
  const numbers = Array.from({ length: count }, (_, number) => number)
  return Object.fromEntries(numbers.map((number) => [`${key}${number}`, `${name}${number}`]))
}

/** The same for ours, which refuses an empty declaration. */
export const declared: { readonly secrets?: Names; readonly parameters?: Names } = {
  ...(process.env['SECRETS'] !== '0' && { secrets }),
  ...(process.env['PARAMETERS'] !== '0' && { parameters }),
}
