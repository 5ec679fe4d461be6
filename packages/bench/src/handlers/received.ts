import { parameters, secrets } from './declared.ts'

type Values = Readonly<Record<string, unknown>>

/** What a handler tells of the values it was given. */
export interface Received {
  readonly values: number
  /** Characters in all of them: that they are the right ones. */
  readonly characters: number
  /** When they were there, by `performance.now()`. */
  readonly at: number
}

const secretKeys = Object.keys(secrets)
const parameterKeys = Object.keys(parameters)
const isReading = process.env['READ'] !== 'nothing'

/** The whole body of every handler: where `READ=nothing`, having the values is all that is measured. */
export function received(ofSecrets: unknown, ofParameters: unknown): Received | undefined {
  if (!isReading) return undefined
  const at = performance.now()
  const values = [
    ...secretKeys.map((key) => (ofSecrets as Values)?.[key]),
    ...parameterKeys.map((key) => (ofParameters as Values)?.[key]),
  ].filter((value) => typeof value === 'string')
  return { values: values.length, characters: values.join('').length, at }
}
