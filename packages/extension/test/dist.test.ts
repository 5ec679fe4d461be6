import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { build } from 'esbuild'
import { built, packageFolder, recorded, run, serveInTurn } from './helpers/index.ts'

const read = (...path: string[]) => readFileSync(join(packageFolder, ...path), 'utf8')
const answered = { ok: true, value: 'an-insecure-string-secret-value' }

let dist: string
let folder: string
beforeAll(() => {
  dist = built()
  folder = mkdtempSync(join(tmpdir(), 'secrets-cache-'))
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

describe('what is published', () => {
  it('fetches', async () => {
    const { port } = await serveInTurn(recorded.secret)
    expect(await run('fetch-from-built.js', port, join(dist, 'index.js')).line()).toMatchObject(answered)
  })

  it.each([
    { JEST_WORKER_ID: '1' },
    { UNDICI_NO_WASM_SIMD: '0' },
    { UNDICI_NO_WASM_SIMD: '1' },
    { NODE_DEBUG: 'undici' },
  ])('fetches with the variables %j, which undici reads', async (variables) => {
    const { port } = await serveInTurn(recorded.secret)
    const script = run('fetch-from-built.js', { variables }, port, join(dist, 'index.js'))
    expect(await script.line()).toMatchObject(answered)
  })

  it.each(['esm', 'cjs'] as const)('fetches when it was bundled once more, to %s', async (format) => {
    const { port } = await serveInTurn(recorded.secret)
    const outfile = join(folder, format === 'esm' ? 'bundle.mjs' : 'bundle.cjs')
    const { warnings } = await build({
      stdin: { resolveDir: dist, contents: bundled },
      conditions: ['@secrets-cache/source'],
      bundle: true,
      minify: true,
      platform: 'node',
      target: 'node22',
      format,
      outfile,
    })
    expect(warnings).toEqual([])
    expect(await run(outfile, port).line()).toMatchObject(answered)
  })

  it('keeps the parentheses around what a cold start runs when it is bundled once more', async () => {
    const options = { bundle: true, minify: true, platform: 'node', format: 'cjs', write: false } as const
    const entryPoints = [join(dist, 'undici-client.js')]
    const { outputFiles } = await build({ entryPoints, ...options })
    const eager = outputFiles[0]?.text.match(/=\((?:async )?function/g) ?? []
    expect(eager.length).toBeGreaterThan(30)
  })

  it('holds nothing that a second bundler breaks', () => {
    for (const file of ['index.js', 'undici-client.js']) {
      const found = /import\.meta|createRequire|Dynamic require/.exec(read('dist', file))?.[0]
      expect([file, found]).toEqual([file, undefined])
    }
  })

  it('keeps undici out of the first file, and thin in the second', () => {
    expect(statSync(join(dist, 'index.js')).size).toBeLessThan(31_000)
    expect(statSync(join(dist, 'undici-client.js')).size).toBeLessThan(118_000)
    expect(read('dist/index.js').match(/import\("[^"]*"\)/g)).toEqual(['import("./undici-client.js")'])
    // One parser out of four: what every WebAssembly module begins with, in base64.
    expect(read('dist/undici-client.js').split('AGFzbQ')).toHaveLength(2)
  })

  it('has types that need no types of undici', () => {
    expect(read('dist/index.d.ts')).not.toMatch(/from ['"]undici/)
  })

  it('holds the undici of the lockfile, and says so', () => {
    const lockfile = read('..', '..', 'pnpm-lock.yaml')
    const importer = lockfile.slice(lockfile.indexOf('\n  packages/extension:\n'))
    const [, locked] = /\n {6}undici:\n {8}specifier: \S+\n {8}version: (\S+)/.exec(importer) ?? []
    expect(locked).toMatch(/^\d+\.\d+\.\d+$/)
    const [, bundled] = /^\/\*! undici (\S+), MIT/.exec(read('dist', 'undici-client.js')) ?? []
    expect(bundled).toBe(locked)
  })

  it('has the licence of what it holds, and names its exact version', () => {
    const { version } = JSON.parse(read('node_modules/undici/package.json'))
    const { dependencies, files } = JSON.parse(read('package.json'))
    const notices = read('THIRD-PARTY-NOTICES.md')
    expect(dependencies.undici).toBe(version)
    expect(notices).toContain(`undici ${version}`)
    expect(notices).toContain(read('node_modules/undici/LICENSE').trim())
    expect(files).toContain('THIRD-PARTY-NOTICES.md')
  })
})

const bundled = `
  import { extension } from './index.js'
  const context = { signal: AbortSignal.timeout(20000), fresh: false, onRetry: () => {}, emit: () => {} }
  const [outcome] = extension({ port: Number(process.argv[2]) }).fetch([{ kind: 'secret', id: 'a' }], context)
  outcome.then((settled) => console.log(JSON.stringify(settled)))
`
