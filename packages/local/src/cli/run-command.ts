import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { LocalError } from '../local-error.ts'
import { variablesFor } from '../variables.ts'

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs a command with the variables of a function beside the stand-in; resolves to its exit code, or 128 + n after
 * signal n.
 */
export const runCommand = (
  [program = '', ...rest]: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: 'inherit', env: variablesFor(process.env, environment) })
    const forward = (signal: NodeJS.Signals) => child.kill(signal)
    for (const signal of FORWARDED) process.on(signal, forward)
    const settle = () => {
      for (const signal of FORWARDED) process.off(signal, forward)
    }
    child.once('error', (error: NodeJS.ErrnoException) => {
      settle()
      reject(new LocalError('INVALID_OPTION', `The command "${program}" cannot be run (${error.code}).`))
    })
    child.once('exit', (code, signal) => {
      settle()
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
