import { CommanderError } from 'commander'
import { createProgram } from '../../src/program.ts'
import { UsageError } from '../../src/usage-error.ts'

/** Runs the command line in this process, which is quicker, in a folder. */
export async function runHere(folder: string, given: readonly string[]) {
  const [out, error]: [string[], string[]] = [[], []]
  const output = {
    width: 100,
    line: (text: string) => out.push(text),
    aside: (text: string) => error.push(text),
  }
  const before = process.cwd()
  process.chdir(folder)
  try {
    await createProgram('1.2.3', output as never).parseAsync(['node', 'secrets-cache', ...given])
    return { status: Number(process.exitCode ?? 0), stdout: out.join('\n'), stderr: error.join('\n') }
  } catch (thrown) {
    if (thrown instanceof UsageError) return { status: 2, stdout: '', stderr: thrown.message }
    if (thrown instanceof CommanderError) return { status: 2, stdout: '', stderr: error.join('\n') }
    throw thrown
  } finally {
    process.chdir(before)
    process.exitCode = 0
  }
}
