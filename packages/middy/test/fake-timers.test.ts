import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals'
import middy from '@middy/core'
import { useLocal } from '@secrets-cache/local/jest'
import { secretsCache } from '@secrets-cache/middy'

const aws = useLocal({ secrets: { 'prod/key': 'one' } })
const handler = middy<object>()
  .use(secretsCache({ secrets: { key: 'prod/key' }, maxAge: 60 }))
  .handler(async (_, { secrets }) => secrets.key)

describe('useLocal in Jest, with fake timers', () => {
  afterEach(() => void jest.useRealTimers())

  it('goes on, whatever is faked, and leaves it faked', async () => {
    jest.useFakeTimers()
    const faked = [setTimeout, setImmediate, queueMicrotask]
    for (let turn = 0; turn < 3; turn++) {
      aws.forget()
      expect(await aws.invoke(handler, {})).toBe('one')
    }
    expect([setTimeout, setImmediate, queueMicrotask]).toEqual(faked)
    expect(aws.calls.layer.secretsmanager).toBe(3)
  })

  it('keeps the layer by the faked clock', async () => {
    jest.useFakeTimers()
    await aws.invoke(handler, {})
    aws.rotate('prod/key', 'two')
    jest.advanceTimersByTime(601_000)
    const { PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: port, AWS_SESSION_TOKEN: token } = process.env
    const url = `http://127.0.0.1:${port}/secretsmanager/get?secretId=prod/key`
    const answer = await fetch(url, { headers: { 'X-Aws-Parameters-Secrets-Token': String(token) } })
    expect(await answer.text()).toContain('"two"')
  })

  it('says within a second what a handler waits for that nobody advances', async () => {
    jest.useFakeTimers()
    const slow = async (_: object) => new Promise((resolve) => setTimeout(resolve, 10))
    await expect(aws.invoke(slow, {})).rejects.toMatchObject({
      code: 'FAKE_TIMERS',
      message: expect.stringContaining("toFake: ['Date']"),
    })
    const advanced = aws.invoke(slow, {})
    await jest.advanceTimersByTimeAsync(10)
    await advanced
  })

  it('leaves real timers alone that a test has gone back to meanwhile', async () => {
    const real = [setTimeout, setImmediate, queueMicrotask]
    jest.useFakeTimers()
    await aws.invoke(async (_: object) => void jest.useRealTimers(), {})
    expect([setTimeout, setImmediate, queueMicrotask]).toEqual(real)
  })
})

describe('useLocal in other runners, with fake timers', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'secrets-cache-fake-timers-'))
    await symlink(join(root, 'packages/middy/node_modules'), join(folder, 'node_modules'))
    await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    await writeFile(
      join(folder, 'vitest.config.js'),
      `const conditions = ['@secrets-cache/source', 'node']
export default { resolve: { conditions }, ssr: { resolve: { conditions, externalConditions: conditions } }, test: { include: ['*.ts'] } }`,
    )
  })
  afterAll(() => rm(folder, { recursive: true }))

  const write = (runner: string, fake: string) =>
    writeFile(
      join(folder, 'faked.ts'),
      `import * as hooks from '${runner}'
import middy from '${fileURLToPath(import.meta.resolve('@middy/core'))}'
import { useLocal } from '@secrets-cache/local/testing'
import { secretsCache } from '${root}/packages/middy/src/index.ts'
const aws = useLocal({ secrets: { 'prod/key': 'one' } }, hooks)
const handler = middy().use(secretsCache({ secrets: { key: 'prod/key' } })).handler(async (_, { secrets }) => secrets.key)
hooks.it('goes on, and says what it waits for', async () => {
  ${fake}
  for (let turn = 0; turn < 3; turn++) {
    aws.forget()
    if (await aws.invoke(handler, {}) !== 'one') throw new Error('another value')
  }
  const why = await aws.invoke(() => new Promise((resolve) => setTimeout(resolve, 10)), {}).catch(({ code }) => code)
  if (why !== 'FAKE_TIMERS') throw new Error('it said ' + why)
})
`,
    )

  const run = (...given: string[]) => {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const flags = ['--conditions=@secrets-cache/source', '--disable-warning=ExperimentalWarning']
    return promisify(execFile)(process.execPath, [...flags, ...given], {
      cwd: folder,
      env: { ...env, NODE_OPTIONS: '' },
    })
  }

  it('goes on in Vitest', async () => {
    await write('vitest', 'hooks.vi.useFakeTimers()')
    const { stdout } = await run(join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder)
    expect(stdout).toMatch(/1 passed/)
  })

  it('goes on in node:test', async () => {
    await write('node:test', 'hooks.mock.timers.enable()')
    const { stdout } = await run('--test', '--test-reporter=tap', 'faked.ts')
    expect(stdout).toMatch(/# pass 1\n# fail 0/)
  })
})
