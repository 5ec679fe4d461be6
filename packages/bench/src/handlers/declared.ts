const { SECRETS = '3', PARAMETERS = '12', MAX_AGE = '300', STALE_WHILE_REVALIDATE = '0' } = process.env

/** Seconds a value is fresh, for every handler that can be told. */
export const maxAge = Number(MAX_AGE)
export const staleWhileRevalidate = Number(STALE_WHILE_REVALIDATE)

type Names = Readonly<Record<string, string>>

/** What every handler here needs: key to name. */
export const secrets: Names = named(Number(SECRETS), 'secret', 'bench/secret-')
export const parameters: Names = named(Number(PARAMETERS), 'parameter', '/bench/parameter-')

export function named(count: number, key: string, name: string): Names {
  const numbers = Array.from({ length: count }, (_, number) => number)
  return Object.fromEntries(numbers.map((number) => [`${key}${number}`, `${name}${number}`]))
}

/** The same for ours, which refuses a declaration of nothing. */
export const declared: { readonly secrets?: Names; readonly parameters?: Names } = {
  ...(process.env['SECRETS'] !== '0' && { secrets }),
  ...(process.env['PARAMETERS'] !== '0' && { parameters }),
}
