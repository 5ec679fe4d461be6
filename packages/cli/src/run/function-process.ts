import type { ChildProcess } from 'node:child_process'
import { nodeFlags } from '../modules/node-flags.ts'
import type { FunctionError } from './runtime-api.ts'

/** Lambda freezes every process of an environment between two invocations. */
export const freeze = (child: ChildProcess): void => {
  if (process.platform !== 'win32') child.kill('SIGSTOP')
}

export const thaw = (child: ChildProcess): void => {
  if (process.platform !== 'win32') child.kill('SIGCONT')
}

/** What Lambda's Node.js runtimes switch off, with the flags in NODE_OPTIONS that decide about it instead. */
const SWITCHED_OFF = [
  { flag: '--no-experimental-require-module', said: /--(no-)?(experimental-)?require-module\b/ },
  { flag: '--no-experimental-detect-module', said: /--(no-)?experimental-detect-module\b/ },
]

/** The flags of a function's process: those of Lambda, and what Node needs to run TypeScript. */
export const functionFlags = (nodeOptions = ''): readonly string[] =>
  nodeFlags(SWITCHED_OFF.filter(({ said }) => !said.test(nodeOptions)).map(({ flag }) => flag))

export const timedOut = (milliseconds: number): FunctionError => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `Task timed out after ${(milliseconds / 1000).toFixed(2)} seconds`,
})

export const exited = ({ exitCode, signalCode }: ChildProcess): FunctionError => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `The function's process ended by itself (${signalCode ?? `exit code ${exitCode}`})`,
})
