// The pinned pnpm, for scripts that npm runs: a fresh machine has npm and no pnpm. It is here and not in a shell script
// because Windows has no shell that could run one.
import { spawn } from 'node:child_process'

const given = ['-y', '--prefer-offline', 'pnpm@12.21.0', '--loglevel=warn', ...process.argv.slice(2)]
// On Windows npx is a script, which only a shell starts; the shell takes words apart unless they are quoted.
const isWindows = process.platform === 'win32'
const words = isWindows ? given.map((word) => `"${word.replaceAll('"', '\\"')}"`) : given
const child = spawn('npx', words, { stdio: 'inherit', shell: isWindows })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('close', (exitCode, signal) => {
  if (signal === null) process.exitCode = exitCode ?? 1
  else process.exitCode = 128 + (signal === 'SIGINT' ? 2 : 15)
})
