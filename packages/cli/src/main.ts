import { CommanderError } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { standardOutput } from './print/output.ts'
import { createProgram } from './program.ts'
import { UsageError } from './usage-error.ts'

// `| head` has read enough: no reason for a stack trace.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  await createProgram(manifest.version, standardOutput()).parseAsync()
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`secrets-cache: ${error.message}`)
    process.exitCode = 2
  } else if (error instanceof CommanderError) {
    // It has been told; help and version are no errors.
    process.exitCode = error.exitCode === 0 ? 0 : 2
  } else throw error
}
