import type { ChildProcess } from 'node:child_process'
import type { FunctionError } from './runtime-api.ts'

/** Lambda stops every process of an environment between two invocations. */
export const freeze = (child: ChildProcess): void => {
  if (process.platform !== 'win32') child.kill('SIGSTOP')
}

export const thaw = (child: ChildProcess): void => {
  if (process.platform !== 'win32') child.kill('SIGCONT')
}

export const nodeFlags = (): readonly string[] => {
  const wanted = [
    '--enable-source-maps',
    '--experimental-transform-types',
    '--disable-warning=ExperimentalWarning',
  ]
  // Enums and parameter properties need a flag, which a later Node may not have.
  return [
    ...process.execArgv,
    ...wanted.filter((flag) => process.allowedNodeEnvironmentFlags.has(flag.split('=')[0] ?? '')),
  ]
}

export const timedOut = (milliseconds: number): FunctionError => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `Task timed out after ${(milliseconds / 1000).toFixed(2)} seconds`,
})

export const exited = ({ exitCode, signalCode }: ChildProcess): FunctionError => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `The function's process ended by itself (${signalCode ?? `exit code ${exitCode}`})`,
})
