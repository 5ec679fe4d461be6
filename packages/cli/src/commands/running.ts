import type { Command } from 'commander'
import manifest from '../../package.json' with { type: 'json' }

// `run` and `local` are programs of their own, also under the names of @secrets-cache/local: they read their words
// themselves, and are loaded only when they are used.

export function addRun(program: Command): void {
  addProgram(
    program,
    'run',
    '[folder]',
    'run a function as Lambda does, beside a stand-in of AWS',
    async (given) => {
      const { run } = await import('../run.ts')
      return run(given)
    },
  )
}

export function addLocal(program: Command): void {
  addProgram(
    program,
    'local',
    '[values-file]',
    'the stand-in of AWS alone, or beside a command',
    async (given) => {
      const { standIn } = await import('@secrets-cache/local/internal')
      return standIn(given, { name: 'secrets-cache local', version: manifest.version })
    },
  )
}

function addProgram(
  program: Command,
  name: string,
  argument: string,
  summary: string,
  start: (given: readonly string[]) => Promise<number>,
): void {
  program
    .command(name)
    .summary(summary)
    .description(`${summary[0]?.toUpperCase()}${summary.slice(1)}. Its flags: secrets-cache ${name} --help`)
    .argument(argument)
    .allowExcessArguments()
    .helpOption(false)
    .allowUnknownOption()
    .action(async () => {
      process.exitCode = await start(wordsAfter(program, name))
    })
}

/** All that stands behind the command's name, as it was given: commander would take a `--` away. */
function wordsAfter(program: Command, name: string): readonly string[] {
  const { rawArgs } = program as Command & { readonly rawArgs: readonly string[] }
  return rawArgs.slice(rawArgs.indexOf(name) + 1)
}
