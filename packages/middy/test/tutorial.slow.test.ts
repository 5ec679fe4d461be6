import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { parse } from 'yaml'
import { followPage } from './helpers/follow-page.ts'
import { packInto } from './helpers/user-project.ts'

// A new user's walk through docs/tutorial.md, from the tarballs to its job in CI, with every command that it names.
jest.setTimeout(600_000)

const run = promisify(execFile)
let place: string
let tarballs: readonly string[]

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'secrets-cache-tutorial-'))
  tarballs = await packInto(place)
})
afterAll(() => rm(place, { recursive: true, force: true }))

/** npm with the Node that this test runs on; no program of this repository. */
const environment = () => {
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
  return {
    ...process.env,
    PATH: [dirname(process.execPath), ...path].join(delimiter),
    NO_COLOR: '1',
    NODE_OPTIONS: '',
    npm_config_prefer_offline: 'true',
    npm_config_audit: 'false',
  }
}

const execute = (program: string, given: readonly string[], options: { cwd?: string; env?: object } = {}) =>
  run(program, given, {
    cwd: options.cwd ?? place,
    env: { ...environment(), ...options.env },
    maxBuffer: 16 * 1024 * 1024,
  })

/** What the page says to install in place of our names. */
const installed = ['core', 'extension', 'middy', 'sdk', 'local', 'cli']
const withTarballs = (line: string): string => {
  if (!line.startsWith('npm install')) return line.replace('node --test', 'node --test --test-reporter=spec')
  const words = line.split(' ').filter((word) => !word.startsWith('@secrets-cache/'))
  const ours = installed.map((name) =>
    tarballs.find((file) => basename(file).startsWith(`secrets-cache-${name}-`)),
  )
  return [...words, ...ours].join(' ')
}

/** The commands of the job, as CI runs them: each must end with 0. */
async function runJob(
  folder: string,
): Promise<readonly { readonly status: number; readonly said: string }[]> {
  const workflow = parse(await readFile(join(folder, '.github/workflows/check.yml'), 'utf8'))
  const steps = workflow.jobs.check.steps as readonly { readonly run?: string }[]
  const results: { status: number; said: string }[] = []
  for (const { run: command } of steps) {
    if (command === undefined) continue
    const result = await execute('sh', ['-c', command], { cwd: folder }).then(
      ({ stdout }) => ({ status: 0, said: stdout }),
      ({ code, stdout, stderr }) => ({ status: Number(code), said: `${stdout}${stderr}` }),
    )
    results.push(result)
    if (result.status !== 0) break
  }
  return results
}

describe('docs/tutorial.md', () => {
  it('leads from the tarballs to a green check in CI, and the check goes red where a role is forgotten', async () => {
    const page = {
      folder: place,
      execute,
      write: (name: string, text: string) => writeFile(join(place, name), text),
    }
    expect(await followPage(page, 'docs/tutorial.md', '.', withTarballs)).toBe(26)

    const checkout = join(place, 'checkout')
    const isCommitted = (file: string) => basename(file) !== 'node_modules'
    await cp(join(place, 'charge'), checkout, { recursive: true, filter: isCommitted })
    const green = await runJob(checkout)
    expect(green.map(({ status }) => status)).toEqual([0, 0, 0])
    expect(green.at(-1)?.said).toBe('1 function, 1 key: nothing to mend\n')

    const template = join(checkout, 'template.yaml')
    const text = await readFile(template, 'utf8')
    expect(text).toContain('secret:prod/payments/key-??????')
    await writeFile(template, text.replace('secret:prod/payments/key-', 'secret:prod/payment/key-'))
    const red = await runJob(checkout)
    expect(red.map(({ status }) => status)).toEqual([0, 0, 1])
    expect(red.at(-1)?.said).toContain('the role does not allow secretsmanager:GetSecretValue')
  })
})
