import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type BuildOptions, build } from 'esbuild'
import { startAccount } from './account.ts'

const run = promisify(execFile)
const here = fileURLToPath(new URL('..', import.meta.url))

/** A user's project: ours is installed, and one of the two clients. */
describe('a project with @aws-sdk/client-secrets-manager only', () => {
  let project: string

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'sdk-bundles-'))
    const ours = join(project, 'node_modules/@secrets-cache/sdk')
    await mkdir(ours, { recursive: true })
    await mkdir(join(project, 'node_modules/@aws-sdk'))
    const client = 'node_modules/@aws-sdk/client-secrets-manager'
    await symlink(await realpath(join(here, client)), join(project, client))
    await writeFile(join(ours, 'package.json'), '{ "type": "module", "exports": "./index.js" }')
    await build({
      entryPoints: [join(here, 'src/index.ts')],
      outfile: join(ours, 'index.js'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['@aws-sdk/*'],
      conditions: ['@secrets-cache/source'],
    })
    await writeFile(
      join(project, 'handler.mjs'),
      `import { sdk } from '@secrets-cache/sdk'
       const context = { signal: AbortSignal.timeout(5000), fresh: false, onRetry() {}, emit() {} }
       const references = [{ kind: 'secret', id: 'a' }, { kind: 'parameter', id: '/a', decrypt: true }]
       const all = async () => Promise.all(await sdk().fetch(references, context))
       all().then((outcomes) => console.log(JSON.stringify(outcomes.map(({ value, error }) => value ?? error.message))))`,
    )
  })
  afterAll(() => rm(project, { recursive: true }))

  async function outputOf(file: string): Promise<unknown> {
    await using _local = await startAccount({ secrets: { a: 'the value' }, parameters: { '/a': '2' } })
    const { stdout } = await run(process.execPath, [join(project, file)], { env: process.env })
    return JSON.parse(stdout)
  }

  const missing = expect.stringMatching(
    /client is missing: @aws-sdk\/client-ssm.*npm install @aws-sdk\/client-ssm/,
  )

  it('runs as it is', async () => {
    expect(await outputOf('handler.mjs')).toEqual(['the value', missing])
  })

  it.each<[string, BuildOptions]>([
    ['as CommonJS', { format: 'cjs', outfile: 'out.cjs' }],
    ['as ESM', { format: 'esm', outfile: 'out.mjs', mainFields: ['module', 'main'] }],
    ['as CommonJS without the SDK', { format: 'cjs', outfile: 'lean.cjs', external: ['@aws-sdk/*'] }],
    ['as ESM without the SDK', { format: 'esm', outfile: 'lean.mjs', external: ['@aws-sdk/*'] }],
  ])('is bundled by esbuild, and runs: %s', async (_, { outfile, ...options }) => {
    const { errors, warnings } = await build({
      absWorkingDir: project,
      entryPoints: ['handler.mjs'],
      outfile: String(outfile),
      bundle: true,
      minify: true,
      platform: 'node',
      ...options,
    })
    expect([errors, warnings]).toEqual([[], []])
    expect(await outputOf(String(outfile))).toEqual(['the value', missing])
  })

  it("says what to do where esbuild's ESM cannot load the SDK's CommonJS", async () => {
    await build({
      absWorkingDir: project,
      entryPoints: ['handler.mjs'],
      outfile: 'main.mjs',
      bundle: true,
      platform: 'node',
      format: 'esm',
    })
    const [value] = (await outputOf('main.mjs')) as string[]
    expect(value).toMatch(/client-secrets-manager cannot be loaded, from sdk\. Bundle ESM with mainFields/)
  })
})

describe('a project with both clients', () => {
  const bundled = async (from: string) => {
    const { outputFiles } = await build({
      stdin: { contents: `export { sdk } from '${from}'`, resolveDir: here },
      bundle: true,
      minify: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      conditions: ['@secrets-cache/source'],
    })
    return (outputFiles[0] as { text: string }).text
  }

  it('bundles the commands that are used, and no other, from /static', async () => {
    const [lazy, lean] = [await bundled('@secrets-cache/sdk'), await bundled('@secrets-cache/sdk/static')]
    for (const used of ['BatchGetSecretValue', 'GetParametersByPath']) expect(lean).toContain(used)
    for (const unused of ['RotateSecret', 'StartAutomationExecution']) {
      expect(lazy).toContain(unused)
      expect(lean).not.toContain(unused)
    }
    expect(lean.length).toBeLessThan(lazy.length)
  })

  it('runs without the credential providers that README.md says to leave out, which are a fifth of it and more', async () => {
    await using _local = await startAccount({ secrets: { a: 'the value' }, parameters: { '/a': '2' } })
    const readme = await readFile(join(here, 'README.md'), 'utf8')
    const external = [...readme.matchAll(/--external:(@aws-sdk\/\S+)/g)].map(([, name]) => name as string)
    expect(external.length).toBeGreaterThanOrEqual(5)
    const folder = await mkdtemp(join(tmpdir(), 'sdk-lean-'))
    const bytesOf = async (outfile: string, left: string[]) => {
      const { metafile } = await build({
        stdin: {
          contents: `import { sdk } from '@secrets-cache/sdk/static'
            const context = { signal: AbortSignal.timeout(5000), fresh: false, onRetry() {}, emit() {} }
            const references = [{ kind: 'secret', id: 'a' }, { kind: 'parameter', id: '/a', decrypt: true }]
            const all = async () => Promise.all(await sdk().fetch(references, context))
            all().then((outcomes) => console.log(JSON.stringify(outcomes.map(({ value }) => value))))`,
          resolveDir: here,
        },
        outfile: join(folder, outfile),
        external: left,
        bundle: true,
        minify: true,
        metafile: true,
        platform: 'node',
        format: 'cjs',
        mainFields: ['module', 'main'],
        conditions: ['@secrets-cache/source', 'module'],
      })
      return (Object.values(metafile.outputs)[0] as { bytes: number }).bytes
    }
    expect(await bytesOf('lean.cjs', external)).toBeLessThan(0.8 * (await bytesOf('whole.cjs', [])))
    const { stdout } = await run(process.execPath, [join(folder, 'lean.cjs')], { env: process.env })
    await rm(folder, { recursive: true })
    expect(JSON.parse(stdout)).toEqual(['the value', '2'])
  })

  it('bundles one client from the entry of one service', async () => {
    const has = async (entry: string) => {
      const text = await bundled(entry)
      return ['BatchGetSecretValueCommand', 'GetParametersByPathCommand'].map((name) => text.includes(name))
    }
    expect(await has('@secrets-cache/sdk/static')).toEqual([true, true])
    expect(await has('@secrets-cache/sdk/static/secrets-manager')).toEqual([true, false])
    expect(await has('@secrets-cache/sdk/static/parameter-store')).toEqual([false, true])
  })
})
