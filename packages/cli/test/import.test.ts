// biome-ignore-all lint/suspicious/noTemplateCurlyInString: handlers are written as text
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { writeRepository } from './fixtures/write-repository.ts'
import { type Run, runCli } from './helpers/run-cli.ts'

// A process for each function, one of which never ends, on a machine that may be busy.
jest.setTimeout(180_000)

const declared = (id: string) => `import { createSecrets, extension } from '@secrets-cache/middy'
export const reader = createSecrets({ source: extension(), secrets: { a: ${id} } })
export const handler = () => 1
`

let repository: Awaited<ReturnType<typeof writeRepository>>
let run: Run

beforeAll(async () => {
  repository = await writeRepository({
    'functions/alias/index.ts': `import { id } from '@names/one'\nenum Kind { One }\n${declared('id')}export const kind: Kind = Kind.One\n`,
    'functions/alias/tsconfig.json': '{ "compilerOptions": { "paths": { "@names/*": ["./names/*"] } } }',
    'functions/alias/names/one.ts': "export const id = 'from/an/alias'\n",
    'functions/daemon/index.js': `import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
${declared("'daemon/a'")}
const wait = ['-e', 'setInterval(() => {}, 1000)']
const { pid } = spawn(process.execPath, wait, { stdio: ['ignore', 'inherit', 'inherit'], detached: true })
writeFileSync(new URL('pid', import.meta.url), String(pid))
`,
    'functions/dynamic/index.js': `import { createSecrets, extension } from '@secrets-cache/middy'
const reader = createSecrets({ source: extension() })
export const handler = (event) => reader.get(event.tenant)
`,
    'functions/exits/index.js': `${declared("'exits/a'")}process.exit(3)\n`,
    'functions/loops/index.js': `${declared("'loops/a'")}Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)\n`,
    'functions/none/index.cjs': 'exports.handler = () => 1\n',
    'functions/noisy/index.js': `${declared("'noisy/a'")}console.log('canary-77')
const { connect } = await import('node:net')
connect(1, '127.0.0.1').on('error', () => {})
setInterval(() => {}, 1000)
`,
    'functions/pending/index.js': `${declared("'pending/a'")}await new Promise(() => {})\n`,
    'functions/throws/index.js':
      'throw new Error(`no database at ${process.env.DATABASE_URL} ${process.env.DATABASE_NAME}, key ${process.env.API_KEY}`)\n',
    'functions/typed/src/handler.ts': `import { name } from './name'\n${declared('name as string')}`,
    'functions/typed/src/name.ts': "export const name: string = 'typed/a'\n",
    'functions/unset/index.js': declared('`${process.env.STAGE}/a`'),
    'services/none/index.js': declared("'other/a'"),
  })
  const given = ['list', '--json', '--timeout', '8s', '--env', 'API_KEY=canary-99-long-enough']
  run = await runCli(repository.folder, given, { DATABASE_NAME: 'canary-55-in-the-shell' })
})
afterAll(async () => repository[Symbol.asyncDispose]())

/** What is told of one function, in one line. */
const told = (name: string) => {
  const findings = run.stderr.split(/\n(?=[✗?·])/).map((text) => text.replaceAll(/\s+/g, ' '))
  return findings.filter((text) => text.slice(2).startsWith(`${name} `)).join('\n')
}
const ids = (name: string) =>
  (JSON.parse(run.stdout) as { function: string; id: string }[])
    .filter((key) => key.function === name)
    .map(({ id }) => id)

describe('a handler that is imported to be listed', () => {
  it('is JavaScript of either kind, TypeScript as Node strips it, or bundled for its path aliases', () => {
    expect([ids('alias'), ids('typed')]).toEqual([['from/an/alias'], ['typed/a']])
    expect(told('alias') + told('typed')).toBe('')
  })

  it('is told where it throws, with the variables that it missed and without the values that it has', () => {
    expect(told('throws')).toMatch(
      /^✗ .*functions\/throws\/index\.js:1: the import fails: Error: no database/,
    )
    expect(told('throws')).toContain('Read and not set: DATABASE_URL')
    expect(told('throws')).toContain('$DATABASE_NAME, key $API_KEY')
  })

  it('is told where a name becomes undefined', () => {
    expect(told('unset')).toContain('a part of the name is "undefined"')
    expect(told('unset')).toContain('Read and not set: STAGE')
    expect(told('unset')).toContain('functions/unset/index.js:2')
  })

  it('is told where it ends the process, or never ends; what it declared by then is listed', () => {
    expect(told('exits')).toContain('it ends the process with exit code 3')
    expect(ids('exits')).toEqual(['exits/a'])
    expect(told('pending')).toContain('a top-level await never settles')
    expect(ids('pending')).toEqual(['pending/a'])
    expect(told('loops')).toContain('its import has not ended within 8 s')
  })

  it('may print and open sockets, which is noted, and what it prints is not shown', () => {
    expect(ids('noisy')).toEqual(['noisy/a'])
    expect(told('noisy')).toContain('· noisy import: prints 1 line')
    expect(told('noisy')).toContain('opens a network connection')
  })

  it('may leave a process behind that holds its output open, which is not waited for', async () => {
    expect(ids('daemon')).toEqual(['daemon/a'])
    const pid = Number(await readFile(join(repository.folder, 'functions/daemon/pid'), 'utf8'))
    // It still runs, or there is no such process, which throws.
    expect(process.kill(pid, 'SIGKILL')).toBe(true)
  })

  it('may declare nothing, or names that are known only at run time', () => {
    expect(told('functions/none')).toContain('declares nothing')
    expect(told('dynamic')).toContain('known only at run time (get)')
  })

  it('has a longer name where two functions have one', () => {
    expect(ids('services/none')).toEqual(['other/a'])
  })

  it('fails the command without hiding the others, and no value is printed', () => {
    expect(run.status).toBe(1)
    expect(run.stdout + run.stderr).not.toContain('canary')
  })
})
