import { execFile, execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { build } from 'esbuild'
import { startAws } from './aws.ts'
import { closeStarted } from './close-started.ts'
import { fetchInProcess } from './fetch-in-process.ts'

afterEach(closeStarted)

const run = promisify(execFile)
const packageFolder = fileURLToPath(new URL('..', import.meta.url))
const dist = join(packageFolder, 'dist')
const read = (...path: string[]) => readFileSync(join(packageFolder, ...path), 'utf8')
const changed = (file: string) => (existsSync(file) ? statSync(file).mtimeMs : 0)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'direct-'))
  const sources = [
    'tsup.config.ts',
    'aws4-thin.ts',
    'compile-cold-path.ts',
    ...globSync('src/**/*.ts', { cwd: packageFolder }),
  ]
  const newest = Math.max(...sources.map((file) => changed(join(packageFolder, file))))
  const files = ['index.js', 'index.d.ts', 'aws4.js', 'index.cjs', 'aws4.cjs']
  if (files.some((file) => changed(join(dist, file)) < newest)) {
    execFileSync('pnpm', ['run', 'build'], { cwd: packageFolder, stdio: 'pipe' })
  }
}, 120_000)
afterAll(() => rm(folder, { recursive: true }))

const value = () => ({ SecretString: 'from AWS' })

describe('what is published', () => {
  it('fetches', async () => {
    await startAws(value)
    expect(await fetchInProcess({}, join(dist, 'index.js'))).toEqual(['from AWS'])
  })

  it.each(['esm', 'cjs'] as const)('fetches when it was bundled once more, to %s', async (format) => {
    await startAws(value)
    const outfile = join(folder, format === 'esm' ? 'bundle.mjs' : 'bundle.cjs')
    const { warnings } = await build({
      stdin: { resolveDir: dist, contents: `export { direct } from './index.js'` },
      conditions: ['@secrets-cache/source'],
      bundle: true,
      minify: true,
      platform: 'node',
      target: 'node22',
      format,
      outfile,
    })
    expect(warnings).toEqual([])
    expect(await fetchInProcess({}, outfile)).toEqual(['from AWS'])
  })

  it('is required by a function under Lambda’s flags, which let nobody require an ES module', async () => {
    const aws = await startAws(value)
    const script = `
      const { direct } = require(${JSON.stringify(join(dist, 'index.cjs'))})
      const context = { signal: AbortSignal.timeout(20000), fresh: false, onRetry() {}, emit() {} }
      direct().fetch([{ kind: 'secret', id: 'a' }], context)[0].then(({ value }) => console.log(value))`
    const flags = ['--no-experimental-require-module', '--no-experimental-detect-module']
    const { stdout } = await run(process.execPath, [...flags, '-e', script], {
      env: { ...process.env, AWS_ENDPOINT_URL: aws.url },
    })
    expect(stdout).toBe('from AWS\n')
  })

  it('holds nothing that a second bundler breaks', () => {
    for (const file of ['index.js', 'aws4.js']) {
      const found = /import\.meta|createRequire|Dynamic require/.exec(read('dist', file))?.[0]
      expect([file, found]).toEqual([file, undefined])
    }
  })

  it('keeps aws4 in a file of its own, which is loaded with the first request', () => {
    expect(read('dist/index.js').match(/import\("[^"]*"\)/g)).toEqual(['import("./aws4.js")'])
    expect(statSync(join(dist, 'aws4.js')).size).toBeLessThan(9_500)
  })

  it('has types that need none of aws4', () => {
    expect(read('dist/index.d.ts')).not.toMatch(/from ['"]aws4/)
  })

  it('has the licence of what it holds, and names its exact version', () => {
    const { version } = JSON.parse(read('node_modules/aws4/package.json'))
    const { dependencies, files } = JSON.parse(read('package.json'))
    const notices = read('THIRD-PARTY-NOTICES.md')
    expect(dependencies.aws4).toBe(version)
    expect(notices).toContain(`aws4 ${version}`)
    expect(notices).toContain(read('node_modules/aws4/LICENSE').trim())
    expect(read('dist/aws4.js')).toMatch(new RegExp(`^/\\*! aws4 ${version}, MIT`))
    expect(files).toContain('THIRD-PARTY-NOTICES.md')
  })
})

it('loads neither crypto nor HTTP before the first request', async () => {
  const aws = await startAws(value)
  const script = fileURLToPath(new URL('scripts/load-lazily.ts', import.meta.url))
  const { stdout } = await run(process.execPath, ['--conditions=@secrets-cache/source', script], {
    env: { ...process.env, AWS_ENDPOINT_URL: aws.url },
  })
  expect(JSON.parse(stdout)).toEqual([[], [], ['crypto', 'http']])
})
