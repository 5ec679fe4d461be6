import { LocalError } from '../local-error.ts'
import { FlagError } from './flags.ts'
import { UsageError } from './usage-error.ts'

/** Runs a program; a mistake of whoever called it is told, and gives exit code 2. */
export const toldMistakes = async (name: string, program: () => Promise<number>): Promise<number> => {
  try {
    return await program()
  } catch (error) {
    if (!(error instanceof LocalError || error instanceof FlagError)) throw error
    console.error(error instanceof FlagError ? `${name}: ${error.message}` : error.message)
    if (error instanceof UsageError) console.error(error.usage)
    return 2
  }
}
