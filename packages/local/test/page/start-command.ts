import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

/** Starts the command from source; it ends with the test. */
export const startCommand = async (flags: readonly string[], variables: Record<string, string> = {}) => {
  const child = spawn(process.execPath, ['--conditions=@secrets-cache/source', cli, ...flags], {
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const texts = { stdout: '', stderr: '' }
  const until = (stream: 'stdout' | 'stderr') => (wanted: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        if (wanted.test(texts[stream]) && texts[stream].endsWith('\n')) resolve(texts[stream])
      }
      child[stream].on('data', look)
      child.once('close', () => reject(new Error(`It ended and said: ${texts.stdout}${texts.stderr}`)))
      look()
    })
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      texts[stream] += text
    })
  return {
    printed: until('stdout'),
    complained: until('stderr'),
    async [Symbol.asyncDispose]() {
      child.kill()
      await ended
    },
  }
}
