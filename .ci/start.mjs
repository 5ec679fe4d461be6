// `npm start`: the demo, with as little of an install as it needs where there is none yet.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
// A full install is kept as it is, and brought up to date by pnpm itself.
if (existsSync('node_modules/jest')) pnpm('run', 'demo')
else {
  // The first install takes some seconds, in which nothing else is said.
  if (process.stderr.isTTY && !process.env.CI) console.error('Installing what the demo needs ...')
  const wanted = ['--filter', 'secrets-cache', '--filter', 'example-hello-secret...']
  pnpm('install', '--frozen-lockfile', '--prod', ...wanted)
  // Without its note of what is installed, pnpm's next script completes the install.
  const notes = readdirSync('node_modules').filter((file) => file.startsWith('.pnpm-workspace-state'))
  for (const note of notes) rmSync(`node_modules/${note}`)
  pnpm('--config.verify-deps-before-run=false', 'run', 'demo')
}

function pnpm(...given) {
  const { status } = spawnSync(process.execPath, ['.ci/pnpm.mjs', ...given], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
