#!/usr/bin/env node
import manifest from '../package.json' with { type: 'json' }
import { handOver } from './cli/hand-over.ts'
import { OLD_NAME } from './cli/help.ts'

const needed = manifest.engines.node.replace('>=', '')
if (process.versions.node.localeCompare(needed, 'en', { numeric: true }) < 0) {
  console.error(`${OLD_NAME} needs Node.js ${needed} or newer; this is ${process.version}.`)
  process.exit(2)
}

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
    version: manifest.version,
  })
}
