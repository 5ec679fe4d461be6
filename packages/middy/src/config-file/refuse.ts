import { ConfigurationError } from '@secrets-cache/core'

const article = 'SecretManagers: [{ secrets: [name, ...] }], ParameterStores: [{ parameters: [name, ...] }]'

/** The error about a file. `place` is its name, with the line where it is known. */
export function refuse(place: string, what: string, remedy = `It holds ${article}.`): ConfigurationError {
  return new ConfigurationError({ reason: `${place}: ${what}`, remedy })
}

/** A word of the file, as an error shows it: no error is as long as a file. */
export function shorten(word: string): string {
  return word.length > 80 ? `${word.slice(0, 80)}...` : word
}
