import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'

const src = new URL('../src/', import.meta.url)
const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, code = '']) => code)

// A process has to start first, on a machine that may be busy.
jest.setTimeout(60_000)

describe('the README', () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'secrets-cache-local-'))
    await writeFile(join(folder, 'values.json'), String(blocks('json')[0]))
    // Stands for npx and the installed bin: the same command, run from source.
    const npx = `#!/bin/sh\nshift\nexec "${process.execPath}" "${fileURLToPath(new URL('cli.ts', src))}" "$@"\n`
    await writeFile(join(folder, 'npx'), npx)
    await chmod(join(folder, 'npx'), 0o755)
  })
  afterAll(() => rm(folder, { recursive: true }))

  it.each([
    [0, /^✔ runs where nothing is real .*ℹ fail 0/s],
    [1, /^0 0\n$/],
    [2, /^0 eu-west-1\n$/],
  ])('has a TypeScript example %d that runs', async (index, output) => {
    const code = String(blocks('ts')[index])
      .replace('@secrets-cache/local/testing', new URL('testing.ts', src).href)
      .replace('@secrets-cache/local', new URL('index.ts', src).href)
    const file = join(folder, `example-${index}.mts`)
    await writeFile(file, code)
    const child = spawn(process.execPath, ['--test-reporter=spec', file], {
      cwd: folder,
      env: { PATH: `${folder}:${process.env['PATH']}` },
    })
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
    })
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    const [exitCode] = await once(child, 'close')
    expect(said).toMatch(output)
    expect(exitCode).toBe(0)
  })
})
