import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { build } from 'esbuild'
import { loadFromRuntime } from '../src/clients/load-from-runtime.ts'
import { startAccount } from './account.ts'

const run = promisify(execFile)
const here = fileURLToPath(new URL('..', import.meta.url))
const names = ['client-secrets-manager', 'client-ssm']

/** A function as it is deployed: a bundle without the SDK in a folder of its own, and a runtime that has the SDK. */
describe('a bundle that leaves the SDK to the runtime', () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sdk-runtime-'))
    await mkdir(join(folder, 'task'))
    await mkdir(join(folder, 'broken/node_modules/@aws-sdk/client-ssm'), { recursive: true })
    await writeFile(
      join(folder, 'broken/node_modules/@aws-sdk/client-ssm/index.js'),
      `throw new Error('CANARY')`,
    )
    await mkdir(join(folder, 'runtime/node_modules/@aws-sdk'), { recursive: true })
    for (const name of names) {
      const client = await realpath(join(here, 'node_modules/@aws-sdk', name))
      await symlink(client, join(folder, 'runtime/node_modules/@aws-sdk', name))
    }
    for (const [format, file] of [
      ['cjs', 'index.cjs'],
      ['esm', 'index.mjs'],
    ] as const) {
      await build({
        stdin: {
          resolveDir: here,
          contents: `
            import { sdk } from '@secrets-cache/sdk'
            const context = { signal: AbortSignal.timeout(5000), fresh: false, onRetry() {}, emit() {} }
            const references = [{ kind: 'secret', id: 'a' }, { kind: 'parameter', id: '/a', decrypt: true }]
            const all = async () => Promise.all(await sdk().fetch(references, context))
            all().then((outcomes) => console.log(JSON.stringify(outcomes.map(({ value, error }) => value ?? error.message))))`,
        },
        outfile: join(folder, 'task', file),
        bundle: true,
        platform: 'node',
        format,
        external: ['@aws-sdk/*'],
        conditions: ['@secrets-cache/source'],
      })
    }
  })
  afterAll(() => rm(folder, { recursive: true }))

  async function outputOf(file: string, variables: NodeJS.ProcessEnv): Promise<unknown> {
    await using _local = await startAccount({ secrets: { a: 'the value' }, parameters: { '/a': '2' } })
    // As Lambda's runtimes start Node.
    const flags = ['--no-experimental-require-module', join(folder, 'task', file)]
    const { stdout } = await run(process.execPath, flags, { env: { ...process.env, ...variables } })
    return JSON.parse(stdout)
  }

  const place = (name: string) => join(folder, name)

  it.each(['index.cjs', 'index.mjs'])('finds it there: %s', async (file) => {
    expect(await outputOf(file, { LAMBDA_RUNTIME_DIR: place('runtime') })).toEqual(['the value', '2'])
    expect(
      await outputOf(file, { NODE_PATH: join(place('runtime'), 'node_modules'), LAMBDA_TASK_ROOT: '/' }),
    ).toEqual(['the value', '2'])
  })

  it('names the package where it is nowhere, and where it is there and broken', async () => {
    const [secret, parameter] = (await outputOf('index.mjs', {
      LAMBDA_RUNTIME_DIR: place('broken'),
    })) as string[]
    expect(secret).toContain('npm install @aws-sdk/client-secrets-manager')
    expect(parameter).toContain('@aws-sdk/client-ssm cannot be loaded')
    expect(parameter).not.toContain('CANARY')
  })
})

describe('loadFromRuntime', () => {
  it('looks for nothing where the import failed for another reason', () => {
    expect(() => loadFromRuntime('@aws-sdk/client-ssm', new Error('CANARY'))).toThrow(/cannot be loaded/)
  })
})
