#!/usr/bin/env node
import { readArguments } from './cli/arguments.ts'
import { HELP } from './cli/help.ts'
import { serve } from './cli/serve.ts'
import { UsageError } from './cli/usage-error.ts'
import { version } from './cli/version.ts'
import { LocalError } from './local-error.ts'

/** The program of a function's process; JavaScript in the published package. */
const BOOTSTRAP = new URL(import.meta.url.endsWith('.ts') ? 'bootstrap.ts' : 'bootstrap.js', import.meta.url)

const main = async (): Promise<number> => {
  const [first, ...rest] = process.argv.slice(2)
  if (first === 'run') return run(rest)
  const given = readArguments(process.argv.slice(2))
  if (given.help) return print(HELP)
  if (given.version) return print(version(import.meta.url))
  return serve(given)
}

/** `run`; its modules are loaded only when it is used. */
const run = async (own: readonly string[]): Promise<number> => {
  const { readRunArguments } = await import('./run/run-arguments.ts')
  const given = readRunArguments(own)
  if (given.help) return print((await import('./run/run-help.ts')).RUN_HELP)
  if (given.version) return print(version(import.meta.url))
  const { runFunction } = await import('./run/run-function.ts')
  return runFunction(given, BOOTSTRAP)
}

const print = (text: string): number => {
  console.log(text)
  return 0
}

// Ends quietly when the reader of a pipe (`| head`) has closed it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof LocalError)) throw error
  console.error(error.message)
  if (error instanceof UsageError) console.error(error.usage)
  process.exitCode = 2
}
