import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, jest } from '@jest/globals'
import { makeFolder } from './run-here.ts'

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url))

// Processes have to start first, on a machine that may be busy.
jest.setTimeout(120_000)

/** `run --watch` in a process, until the page's address and the first invocation are printed. */
const watching = async (folder: string, ...flags: string[]) => {
  const child = spawn(
    process.execPath,
    ['--conditions=@secrets-cache/source', CLI, 'run', folder, '--watch', '--timeout', '60s', ...flags],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'exit')
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (line.startsWith('watching')) break
  }
  return {
    lines,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

const HANDLER = `import { channel } from 'node:diagnostics_channel'
export const handler = async () => {
  channel('secrets-cache:hit').publish({ key: 'db', id: 'prod/db', source: 'extension', ageSeconds: 2, value: 'canary' })
}`

describe('the page of run --watch', () => {
  it('shows the events of the function, without values', async () => {
    await using made = await makeFolder({ 'index.mjs': HANDLER })
    await using run = await watching(made.folder)
    const [, address = ''] = /^page: (\S+)$/m.exec(run.lines.join('\n')) ?? []
    const { origin, hash } = new URL(address)
    const { body } = await fetch(`${origin}/_local/page/events`, {
      headers: { 'x-secrets-cache-page': hash.slice('#token='.length) },
    })
    let text = ''
    for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += piece
      if (text.includes('"events"') && text.endsWith('\n\n')) break
    }
    expect(text).toContain('"type":"hit","ids":["prod/db"],"detail":"extension, 2 s old"')
    expect(text).not.toContain('canary')
  })

  it('is left out with --no-page', async () => {
    await using made = await makeFolder({ 'index.mjs': HANDLER })
    await using run = await watching(made.folder, '--no-page')
    expect(run.lines.filter((line) => line.includes('_local'))).toEqual([])
  })
})
