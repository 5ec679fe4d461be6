// What `npm run docs` runs: installs what the site needs, which nothing else does, then builds it in a process of its own.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const site = fileURLToPath(new URL('..', import.meta.url))
const pnpm = ['-y', '--prefer-offline', 'pnpm@12.21.0', '--loglevel=warn']

run('npx', [...pnpm, 'install', '--frozen-lockfile', '--prefer-offline'], process.platform === 'win32')
run(process.execPath, ['src/build.ts', ...process.argv.slice(2)], false)

function run(program: string, given: readonly string[], shell: boolean): void {
  const { status } = spawnSync(program, given, { cwd: site, stdio: 'inherit', shell })
  if (status !== 0) process.exit(status ?? 1)
}
