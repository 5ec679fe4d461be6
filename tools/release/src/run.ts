import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

interface How {
  readonly folder: string
  readonly environment?: NodeJS.ProcessEnv
  /** Whether what it prints is given also where it fails. @default false */
  readonly canFail?: boolean
}

/** Runs a program to its end; gives what it printed. What it prints is the error where it fails. */
export async function run(
  program: string,
  given: readonly string[],
  { folder, environment = {}, canFail = false }: How,
): Promise<string> {
  const child = spawn(program, given, {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // On Windows npm's programs are scripts, which only a shell starts.
    shell: process.platform === 'win32',
  })
  const [printed, complaint, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  if (exitCode === 0 || canFail) return printed
  throw new Error(`${[program, ...given].join(' ')} ended with ${exitCode}:\n${printed}${complaint}`)
}

/** The pinned pnpm. */
export const pnpm = (given: readonly string[], folder: string) =>
  run('npx', ['-y', '--prefer-offline', 'pnpm@12.21.0', '--loglevel=warn', ...given], { folder })
