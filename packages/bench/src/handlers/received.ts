import { parameters, secrets } from './declared.ts'

type Values = Readonly<Record<string, unknown>>

/** What a handler reports about the values that it received. */
export interface Received {
  readonly values: number
  /** Characters in all values together, to check that they are the right ones. */
  readonly characters: number
  /** When the handler had them, by `performance.now()`. */
  readonly at: number
}

const secretKeys = Object.keys(secrets)
const parameterKeys = Object.keys(parameters)
const isReading = process.env['READ'] !== 'nothing'

/** The body of every handler. With `READ=nothing` it does nothing, and only providing the values is measured. */
export function received(ofSecrets: unknown, ofParameters: unknown): Received | undefined {
  if (!isReading) return undefined
  const at = performance.now()
  const values = [
    ...secretKeys.map((key) => (ofSecrets as Values)?.[key]),
    ...parameterKeys.map((key) => (ofParameters as Values)?.[key]),
  ].filter((value) => typeof value === 'string')
  return { values: values.length, characters: values.join('').length, at }
}
