#!/usr/bin/env node
import { handOver } from './cli/hand-over.ts'
import { OLD_NAME } from './cli/help.ts'
import { version } from './cli/version.ts'

// Ends quietly when the reader of a pipe (`| head`) has closed it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

const [first, ...rest] = process.argv.slice(2)
if (first === 'run') process.exitCode = await handOver(rest)
else {
  const { standIn } = await import('./cli/stand-in.ts')
  process.exitCode = await standIn(process.argv.slice(2), {
    name: OLD_NAME,
    version: version(import.meta.url),
  })
}
