import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

/** `run --http 0` in a process of its own, until it serves. */
export const serving = async (folder: string, ...flags: string[]) => {
  const given = ['run', folder, '--http', '0', '--json', '--no-page', '--timeout', '60s', ...flags]
  const child = spawn(process.execPath, ['--conditions=@secrets-cache/source', CLI, ...given], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  })
  const ended = once(child, 'exit').then(([code]) => code as number)
  const printed: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => printed.push(line))
  const reports: Readonly<Record<string, unknown>>[] = []
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const report = JSON.parse(line)
      reports.push(report)
      if (report.event === 'serving') resolve(report.url)
    })
    child.once('exit', () => reject(new Error(printed.join('\n'))))
  })
  const end = async (): Promise<number> => {
    child.kill('SIGTERM')
    return ended
  }
  return { url, reports, printed, end, [Symbol.asyncDispose]: async () => void (await end()) }
}
