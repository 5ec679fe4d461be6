import { toldMistakes } from '@secrets-cache/local/internal'
import manifest from '../package.json' with { type: 'json' }
import { RUN_NAME, readRunArguments } from './run/run-arguments.ts'
import { runFunction } from './run/run-function.ts'
import { runHelp } from './run/run-help.ts'

/** The program of a function's process; JavaScript in the published package. */
const BOOTSTRAP = new URL(import.meta.url.endsWith('.ts') ? 'bootstrap.ts' : 'bootstrap.js', import.meta.url)

/**
 * Not part of the public API: `secrets-cache run` as a program, to which `secrets-cache-local run` hands over. It reads its
 * words, prints, and resolves to the exit code.
 *
 * @param given the words after `run`
 * @param name how it was called, for what it says of itself
 */
export const run = (given: readonly string[], name: string = RUN_NAME): Promise<number> =>
  toldMistakes(name, async () => {
    const words = readRunArguments(given, name)
    if (words.help) console.log(runHelp(name))
    else if (words.version) console.log(manifest.version)
    else return runFunction(words, BOOTSTRAP)
    return 0
  })
