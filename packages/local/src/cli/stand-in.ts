import { FLAGS, readArguments } from './arguments.ts'
import { FAULT_FLAGS } from './fault-flags.ts'
import { flagLines } from './flags.ts'
import { helpOf } from './help.ts'
import { serve } from './serve.ts'
import { toldMistakes } from './told-mistakes.ts'

/** A program by its name and version. */
export interface Called {
  readonly name: string
  readonly version: string
}

/** The stand-in as a program; resolves to its exit code. */
export const standIn = (given: readonly string[], { name, version }: Called): Promise<number> =>
  toldMistakes(name, async () => {
    const words = readArguments(given, name)
    if (words.help) console.log(helpOf(name, flagLines(FLAGS), flagLines(FAULT_FLAGS)))
    else if (words.version) console.log(version)
    else return serve(words)
    return 0
  })
