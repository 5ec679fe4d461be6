import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readRunArguments } from '../src/run/run-arguments.ts'
import { runFunction } from '../src/run/run-function.ts'

const BOOTSTRAP = new URL('../src/bootstrap.ts', import.meta.url)

export interface Reported {
  readonly event: string
  readonly kind?: string
  readonly result?: unknown
  readonly error?: { readonly errorType: string; readonly errorMessage: string; readonly hint?: string }
  readonly missing?: unknown
}

/** A folder with these files; it goes away with its owner. */
export const makeFolder = async (files: Readonly<Record<string, string>>) => {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-cache-run-'))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

/** `secrets-cache-local run`, without a process for the command itself: for a machine that is busy, a long time-out. */
export const runHere = async (...given: string[]) => {
  const reports: Reported[] = []
  const write = (line: string) => reports.push(JSON.parse(line))
  const code = await runFunction(
    readRunArguments(['--timeout', '60s', ...given, '--json']),
    BOOTSTRAP,
    write,
    () => {},
  )
  return { code, reports, last: reports.at(-1) }
}

/** The same as people see it. */
export const showHere = async (...given: string[]) => {
  const lines: string[] = []
  const write = (text: string) => lines.push(...text.split('\n'))
  const code = await runFunction(readRunArguments(['--timeout', '60s', ...given]), BOOTSTRAP, write, () => {})
  return { code, lines }
}
