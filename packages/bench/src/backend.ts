import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { connectLocal, type LocalClient } from '@secrets-cache/local'
import { values } from './values.ts'

/** The stand-in in a process of its own, so that its work is not measured. */
export interface Backend extends AsyncDisposable {
  readonly local: LocalClient
  /** The environment variables that lead a function to it. */
  readonly environment: Readonly<Record<string, string>>
}

/** @param variables the layer's own, such as its TTLs */
export async function startBackend(variables: Readonly<Record<string, string>> = {}): Promise<Backend> {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-cache-bench-'))
  const file = join(folder, 'values.json')
  await writeFile(file, JSON.stringify(values()))
  const child = spawn(process.execPath, [...commandLine(), file, '--port', '0', '--json'], {
    env: { ...process.env, ...variables },
    // The channel closes when this process ends, however it ends, and the stand-in ends with it.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const { url, environment } = await ready(child)
  const local = connectLocal(url)
  return {
    local,
    environment,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The stand-in's command; from its source where this process runs on sources. */
function commandLine(): readonly string[] {
  const entry = createRequire(import.meta.url).resolve('@secrets-cache/local')
  const isSource = entry.endsWith('.ts')
  return isSource
    ? ['--conditions=@secrets-cache/source', join(entry, '..', 'cli.ts')]
    : [join(entry, '..', 'cli.js')]
}

async function ready(child: ChildProcess) {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  const ended = once(child, 'exit').then(() => {
    throw new Error('The stand-in did not start.')
  })
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string]
  ended.catch(() => {})
  return JSON.parse(line) as { url: string; environment: Record<string, string> }
}
