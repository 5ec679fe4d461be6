import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { CACHE_EVENTS } from '@secrets-cache/local/internal/in-function'
import { eventFrom } from '../src/run/read-event.ts'
import { readRunArguments } from '../src/run/run-arguments.ts'
import { runFunction } from '../src/run/run-function.ts'
import { startSandbox } from '../src/run/sandbox.ts'

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
/** The older name: the stand-in's own program, which hands over. */
const OLD_CLI = fileURLToPath(new URL('../../local/src/cli.ts', import.meta.url))
const BOOTSTRAP = new URL('../src/bootstrap.ts', import.meta.url)
const ROOT = new URL('../../../', import.meta.url)
/** For a machine that is busy; a test that wants less says so after it. */
const PATIENT = ['--timeout', '60s']
const CANARY = 'canary-5d1c88'

// Processes have to start first, on a machine that may be busy.
jest.setTimeout(120_000)

/** Of a process, as the system says it: T is stopped. */
const stateOf = async (pid: number): Promise<string> => {
  if (process.platform === 'linux')
    return (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.[0] ?? ''
  const { stdout } = await promisify(execFile)('ps', ['-o', 'state=', '-p', String(pid)])
  return stdout.trim()[0] ?? ''
}

describe('secrets-cache run', () => {
  let folder: string
  const children: ChildProcess[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'secrets-cache-run-'))
  })
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      // Not SIGKILL: it could not take its frozen function along.
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    await rm(folder, { recursive: true })
  })

  const write = async (files: Readonly<Record<string, string>>) => {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), content)
    }
  }

  const run = (...given: string[]) => runAs(CLI, given)

  const runAs = (program: string, given: readonly string[], cwd = process.cwd()) => {
    const flags = ['--conditions=@secrets-cache/source']
    const child = spawn(process.execPath, [...flags, program, 'run', ...PATIENT, ...given], {
      stdio: ['pipe', 'pipe', 'pipe'],
      cwd,
      env: { PATH: process.env['PATH'], COLUMNS: '80' },
    })
    children.push(child)
    const said: string[] = []
    const printed: string[] = []
    let look = () => {}
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line)
      look()
    })
    createInterface({ input: child.stderr }).on('line', (line) => printed.push(line))
    const ended = once(child, 'close').then(([code]) => code as number)
    /** Resolves once so many lines were said that match. */
    const saying = (pattern: RegExp, times = 1) =>
      new Promise<readonly string[]>((resolve, reject) => {
        look = () => {
          const found = said.filter((line) => pattern.test(line))
          if (found.length >= times) resolve(found)
        }
        child.once('close', () => reject(new Error([...said, ...printed].join('\n'))))
        look()
      })
    const reports = () => said.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
    return { child, said, printed, ended, saying, reports }
  }

  /** The same without a process for the command itself. */
  const runHere = async (...given: string[]) => {
    const reports: { event: string; kind?: string; result?: unknown; error?: { errorType: string } }[] = []
    const write = (line: string) => reports.push(JSON.parse(line))
    const words = readRunArguments([...PATIENT, ...given, '--json'])
    const code = await runFunction(words, BOOTSTRAP, write, () => {})
    return { code, reports }
  }

  it('runs a handler in TypeScript: INIT, cold, warm, with what the cache did', async () => {
    const example = fileURLToPath(new URL('examples/plain-handler', ROOT))
    const flags = ['--times', '2', '--not-ready', '4', '--json']
    const { ended, reports } = run(example, '--event', '{"tenant":"acme"}', ...flags)
    expect(await ended).toBe(0)
    const result = { url: 'https://hooks.acme.example', isSigned: true, retries: 3 }
    const [init, cold, warm] = reports()
    expect(init).toEqual({ event: 'init', milliseconds: expect.any(Number), calls: { layer: 0, aws: 0 } })
    expect(cold).toMatchObject({ event: 'invocation', kind: 'cold', result, calls: { layer: 7, aws: 3 } })
    expect(warm).toMatchObject({ event: 'invocation', kind: 'warm', result, calls: { layer: 0, aws: 0 } })
    const counted = (report: { events: { event: { type: string } }[] }) =>
      Object.fromEntries(
        [...Map.groupBy(report.events, ({ event }) => event.type)].map(([type, all]) => [type, all.length]),
      )
    expect(counted(cold)).toEqual({ load: 2, retry: 4, loaded: 3, miss: 3 })
    expect(counted(warm)).toEqual({ hit: 3 })
  })

  it('gives a function what Lambda gives it', async () => {
    await write({
      'index.mjs': `
const { AWS_LAMBDA_FUNCTION_NAME, LAMBDA_TASK_ROOT, _HANDLER, AWS_REGION, TZ } = process.env
const initStatus = await fetch('http://127.0.0.1:' + process.env.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT + '/secretsmanager/get?secretId=a').then((r) => r.text())
export const handler = async (event, context) => {
  return { event, remaining: context.getRemainingTimeInMillis(), id: context.awsRequestId, initStatus,
    env: { AWS_LAMBDA_FUNCTION_NAME, LAMBDA_TASK_ROOT, _HANDLER, AWS_REGION, TZ }, cwd: process.cwd() }
}`,
    })
    const { ended, reports, printed } = run(
      folder,
      '--event',
      '{"n":7}',
      '--times',
      '2',
      '--timeout',
      '30s',
      '--json',
    )
    expect(await ended).toBe(0)
    expect(printed).toEqual([])
    const [, first, second] = reports()
    expect(first.result).toMatchObject({
      event: { n: 7 },
      initStatus: 'not ready to serve traffic, please wait',
      env: { LAMBDA_TASK_ROOT: folder, _HANDLER: 'index.handler', AWS_REGION: 'eu-west-1', TZ: ':UTC' },
      cwd: folder,
    })
    expect(first.result.remaining).toBeGreaterThan(1_000)
    expect(first.result.remaining).toBeLessThanOrEqual(30_000)
    expect(second.result.id).not.toBe(first.result.id)
  })

  it('freezes it while it waits for an event, and thaws it to answer', async () => {
    await write({ 'index.mjs': 'export const handler = async () => process.pid' })
    const sandbox = await startSandbox({
      bootstrap: BOOTSTRAP,
      folder,
      file: join(folder, 'index.mjs'),
      isFile: false,
      exportName: 'handler',
      variables: { PATH: process.env['PATH'] },
      print: () => {},
    })
    for (const _ of ['cold', 'warm']) {
      const { outcome } = await sandbox.invoke({ event: {}, timeoutMilliseconds: 60_000, forgets: false })
      const pid = (outcome as { result: number }).result
      // The signal is sent, and takes effect when the system gets to it.
      while ((await stateOf(pid)) !== 'T') await new Promise(setImmediate)
    }
    await sandbox.end()
    expect(sandbox.isGone()).toBe(true)
  })

  it('finds TypeScript as its authors import it, reads event.json and shows it at 80 columns', async () => {
    await write({
      'package.json': '{"type":"module"}',
      'src/index.ts': `import { Level, total } from './lib/total.js'
import { name } from './lib'
export const handler = async (event: { amounts: number[] }) => {
  console.log('adding', event.amounts.length)
  return { sum: total(event.amounts), level: Level.High, name, long: 'x'.repeat(60) }
}`,
      'src/lib/total.ts':
        'export enum Level { Low, High }\nexport const total = (all: number[]): number => all.reduce((a, b) => a + b)',
      'src/lib/index.ts': "export const name: string = 'lib'",
      'event.json': '{"amounts":[1,2,3]}',
    })
    const { ended, said, printed } = run(folder)
    expect(await ended).toBe(0)
    expect(printed).toEqual(['    | adding 3'])
    expect(said[0]).toBe('src/index.handler, no values file')
    expect(said.join('\n')).toContain('        "sum": 6,\n        "level": 1,\n        "name": "lib",')
    expect(said.filter((line) => line.length > 80)).toEqual([])
  })

  it.each([
    ['throws', 'exports.handler = async () => { throw new RangeError("too far") }', 'RangeError', /too far/],
    [
      'takes too long',
      'exports.handler = () => new Promise(() => setInterval(() => {}, 1e3))',
      'Sandbox.Timedout',
      /after 0\.20 seconds/,
    ],
    ['ends its process', 'exports.handler = () => process.exit(3)', 'Runtime.ExitError', /exit code 3/],
    ['fails in INIT', 'throw new Error("no INIT")', 'Error', /no INIT/],
    [
      'has no such export',
      'exports.other = () => {}',
      'Runtime.HandlerNotFound',
      /it exports other\. Choose with --handler/,
    ],
  ])('says when a function %s', async (_, code, errorType, message) => {
    await write({ 'index.cjs': code })
    const { code: exitCode, reports } = await runHere(
      folder,
      ...(errorType === 'Sandbox.Timedout' ? ['--timeout', '200ms'] : []),
    )
    expect(exitCode).toBe(1)
    expect(reports.at(-1)?.error).toMatchObject({ errorType, errorMessage: expect.stringMatching(message) })
  })

  it('calls back, and starts a new environment after one has ended', async () => {
    await write({
      'app.cjs': `let count = 0
exports.go = (event, context, callback) => ++count < 2 ? callback(null, count) : process.exit(1)`,
    })
    const { code, reports } = await runHere(folder, '--handler', 'app.go', '--times', '3')
    expect(code).toBe(1)
    expect(reports.map(({ event, kind, result }) => [event, kind, result])).toEqual([
      ['init', undefined, undefined],
      ['invocation', 'cold', 1],
      ['invocation', 'warm', undefined],
      ['init', undefined, undefined],
      ['invocation', 'cold', 1],
    ])
  })

  it("shows why the layer refuses, which only the layer's log says, and no value", async () => {
    await write({
      'index.mjs': `export const handler = async () => {
  const { PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: port, AWS_SESSION_TOKEN: token } = process.env
  const headers = { 'X-Aws-Parameters-Secrets-Token': token }
  const answer = await fetch('http://127.0.0.1:' + port + '/secretsmanager/get?secretId=prod/x', { headers })
  return { status: answer.status }
}`,
      'values.yaml': `secrets: { prod/x: ${CANARY} }\n`,
    })
    const { ended, said, printed } = run(folder, '--deny', 'prod/x')
    expect(await ended).toBe(0)
    expect(said).toContain('      {"status":400}')
    expect(printed.join()).toMatch(/layer log: ERROR GetSecretValue .* AccessDeniedException/)
    expect([...said, ...printed].join()).not.toContain(CANARY)
  })

  it('says where a file is not JavaScript', async () => {
    await write({ 'index.mjs': 'export const handler = 1\nbroken(' })
    const { ended, said, printed } = run(folder)
    expect(await ended).toBe(1)
    expect(said.join()).toMatch(/SyntaxError: /)
    expect(printed.join('\n')).toMatch(/index\.mjs:2/)
  })

  it('watches: code is a cold start, values are a rotation, Enter is once more', async () => {
    await write({
      'index.mjs': "import { word } from './word.mjs'\nexport const handler = async () => word",
      'word.mjs': "export const word = 'one'",
      'values.json': '{"secrets":{"prod/x":"a"}}',
      'event.json': '{}',
    })
    const { child, saying, ended } = run(folder, '--watch')
    await saying(/^watching/)
    child.stdin?.write('\n')
    await saying(/^watching/, 2)
    await write({ 'values.json': '{"secrets":{"prod/x":"b"}}' })
    await saying(/^rotated prod\/x$/)
    await saying(/^watching/, 3)
    await write({ 'word.mjs': "export const word = 'two'" })
    await saying(/^ {6}"two"$/)
    expect(await saying(/^(cold|warm)/, 4)).toEqual([
      expect.stringMatching(/^cold/),
      expect.stringMatching(/^warm/),
      expect.stringMatching(/^warm/),
      expect.stringMatching(/^cold/),
    ])
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  it('watches: a cold start has an empty layer, and f forgets what is cached', async () => {
    await write({
      'index.mjs': `const { PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: port, AWS_SESSION_TOKEN: token } = process.env
globalThis[Symbol.for('@secrets-cache/core/cache/1')] = { clear: () => { cleared++ } }
let cleared = 0
export const handler = async () => {
  const headers = { 'X-Aws-Parameters-Secrets-Token': token }
  const answer = await fetch('http://127.0.0.1:' + port + '/secretsmanager/get?secretId=prod/x', { headers })
  return (await answer.json()).SecretString + ' ' + cleared
}`,
      'values.json': '{"secrets":{"prod/x":"one"}}',
      'event.json': '{}',
    })
    const { child, saying, ended } = run(folder, '--watch')
    await saying(/^ {6}"one 0"$/)
    await saying(/^watching; Enter invokes again, f and Enter after forgetting, Ctrl-C ends$/)
    await write({ 'values.json': '{"secrets":{"prod/x":"two"}}' })
    await saying(/^ {6}"one 0"$/, 2)
    await saying(/^watching/, 2)
    child.stdin?.write('f\n')
    await saying(/^ {6}"two 1"$/)
    await saying(/^watching/, 3)
    await write({ 'values.json': '{"secrets":{"prod/x":"three"}}' })
    await saying(/^ {6}"two 1"$/, 2)
    await saying(/^watching/, 4)
    await write({ 'index.mjs': `${await readFile(join(folder, 'index.mjs'), 'utf8')}\n// saved` })
    await saying(/^ {6}"three 0"$/)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  it.each([
    [['nowhere'], /nowhere: there is no such file or folder$/],
    [['.', '--hander', 'x'], /there is no flag --hander\. Did you mean --handler\?$/],
    [
      ['.', '--handler', 'index'],
      /--handler is "index"; it is a file and its export, such as src\/index\.handler$/,
    ],
    [['.', '--handler', 'no.such'], /there is no no \(\.mjs/],
    [['.', '--event', '{"a":'], /--event:1:6: this is not JSON from here on$/],
    [['.', '--times', '0'], /--times is "0"; it is a whole number from 1$/],
    [['a', 'b'], /run takes one function; given were "a", "b"$/],
  ])('says what is wrong with %j', async (given, message) => {
    await write({ 'index.mjs': '' })
    const refused = async () => runHere(...given.map((word) => (word === '.' ? folder : word)))
    await expect(refused()).rejects.toThrow(message)
  })

  it('says its mistakes in one line', async () => {
    const { ended, said, printed } = run('nowhere')
    expect(await ended).toBe(2)
    expect(said).toEqual([])
    expect(printed).toEqual([expect.stringMatching(/nowhere: there is no such file or folder$/)])
  })

  it.each([
    [['--evnt', '{}'], /there is no flag --evnt\. Did you mean --event\?$/],
    [['--frobnicate'], /there is no flag --frobnicate\.$/],
  ])('answers %j with the nearest word and how it is used', (given, message) => {
    for (const name of ['secrets-cache run', 'secrets-cache-local run']) {
      const read = () => readRunArguments(given, name)
      expect(read).toThrow(message)
      const usage = expect.stringMatching(new RegExp(`^usage: ${name} `))
      expect(read).toThrow(expect.objectContaining({ usage }))
    }
    expect(readRunArguments(['--version']).version).toBe(true)
  })

  it('takes an event with a byte order mark, from a file and from the command line', async () => {
    await write({ 'event.json': '\uFEFF{"a":1}' })
    for (const given of [join(folder, 'event.json'), undefined, '\uFEFF{"a":1}'])
      expect(eventFrom(given, folder).read()).toEqual({ a: 1 })
  })

  it('is the same under its older name', async () => {
    await write({ 'index.mjs': 'export const handler = async (event) => event.n + 1' })
    // The older one finds the newer one as an installed package.
    await mkdir(join(folder, 'node_modules/@secrets-cache'), { recursive: true })
    await symlink(
      fileURLToPath(new URL('..', import.meta.url)),
      join(folder, 'node_modules/@secrets-cache/cli'),
    )
    const given = [folder, '--event', '{"n":6}', '--json']
    const [older, newer] = [runAs(OLD_CLI, given, folder), runAs(CLI, given)]
    expect(await Promise.all([older.ended, newer.ended])).toEqual([0, 0])
    const withoutTimes = (reports: readonly object[]) => reports.map((each) => ({ ...each, milliseconds: 0 }))
    expect(withoutTimes(older.reports())).toEqual(withoutTimes(newer.reports()))
    expect(older.reports()[1]).toMatchObject({ kind: 'cold', result: 7 })

    const [oldMistake, mistake] = [runAs(OLD_CLI, ['nowhere'], folder), runAs(CLI, ['nowhere'])]
    expect(await Promise.all([oldMistake.ended, mistake.ended])).toEqual([2, 2])
    expect(oldMistake.printed).toEqual(['secrets-cache-local run: nowhere: there is no such file or folder'])
    expect(mistake.printed).toEqual(['secrets-cache run: nowhere: there is no such file or folder'])
  })

  it('knows every event that docs/events.md lists', async () => {
    const page = await readFile(new URL('docs/events.md', ROOT), 'utf8')
    const [types = ''] = page.split('The `reason` of')
    expect([...types.matchAll(/^\| `(\w+)`/gm)].map(([, type]) => type)).toEqual(CACHE_EVENTS)
  })
})
