import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const sourceFlags = ['--conditions=@secrets-cache/source', '--disable-warning=ExperimentalWarning']
const source = [...sourceFlags, fileURLToPath(new URL('../../src/cli.ts', import.meta.url))]
const built = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** How the command line is started: as it is published where it has been built, else from its source. */
export const published = existsSync(built) ? [built] : source

/** What a run of the command line wrote, and its exit status. */
export interface Run {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
  /** User and system time of it and of the processes that it started. */
  readonly processorSeconds: number
}

/** Runs the command line in a folder; its variables are PATH and those given. */
export function runCli(
  folder: string,
  given: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  program: readonly string[] = source,
): Promise<Run> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, ...variables }
  // The shell tells on its last lines what its children took.
  const script = '"$0" "$@"; status=$?; echo; times >&2; exit $status'
  return new Promise((resolve) => {
    const options = { cwd: folder, env, maxBuffer: 2 ** 26 }
    execFile(
      'sh',
      ['-c', script, process.execPath, ...program, ...given],
      options,
      (error, stdout, stderr) => {
        const lines = stderr.trimEnd().split('\n')
        resolve({
          status: error ? Number(error.code) : 0,
          stdout: stdout.replace(/\n$/, ''),
          stderr: lines.slice(0, -2).join('\n'),
          processorSeconds: secondsIn(lines.at(-1) ?? ''),
        })
      },
    )
  })
}

/** The sum of the times in `0m1.520s 0m0.310s`. */
function secondsIn(line: string): number {
  const times = [...line.matchAll(/(\d+)m([\d.]+)s/g)]
  return times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0)
}
