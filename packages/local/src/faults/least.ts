import { LocalError } from '../local-error.ts'

/** Checks a number, which may come from JavaScript or over the control path. */
export const least = (name: string, given: number, minimum: number): number => {
  if (typeof given === 'number' && given >= minimum) return given
  throw new LocalError('INVALID_OPTION', `faults: ${name} is ${given}; it is a number from ${minimum}.`)
}
