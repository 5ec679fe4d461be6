#!/usr/bin/env node
import manifest from '../package.json' with { type: 'json' }

// Before the rest is loaded, some of which an older Node cannot load.
const needed = manifest.engines.node.replace('>=', '')
if (process.versions.node.localeCompare(needed, 'en', { numeric: true }) < 0) {
  console.error(`secrets-cache needs Node.js ${needed} or newer; this is ${process.version}.`)
  process.exit(2)
}
await import('./main.ts')
