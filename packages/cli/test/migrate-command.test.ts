import { execFileSync } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Migrated } from '../src/index.ts'
import { handlersIn } from './helpers/migrations.ts'
import { runCli } from './helpers/run-cli.ts'
import { runHere } from './helpers/run-here.ts'

const clear = `import middy from '@middy/core'
import ssm from '@middy/ssm'

export const handler = middy(async (event, context) => context.a.trim())
  .use(ssm({ fetchData: { a: '/a' }, cacheExpiry: 0, setToContext: true }))
`
const doubtful = clear.replace('context.a.trim()', 'context.a')
const handlers = [...(await handlersIn('packages/cli/test/fixtures/handlers.txt'))]

const parent = await mkdtemp(join(tmpdir(), 'secrets-cache-migrate-command-'))
let folder: string
let count = 0
beforeEach(async () => {
  folder = join(parent, String(count++))
  await mkdir(join(folder, 'src/deep'), { recursive: true })
})
afterAll(() => rm(parent, { recursive: true, force: true }))

const write = (name: string, text: string) => writeFile(join(folder, name), text)
const read = (name: string) => readFile(join(folder, name), 'utf8')
const migrate = (...given: string[]) => runHere(folder, ['migrate', ...given])

describe('secrets-cache migrate', () => {
  it('prints a diff and writes nothing, unless it is told to', async () => {
    await write('src/a.js', clear)
    const { status, stdout, stderr } = await runCli(folder, ['migrate', 'src/**/*.js'])
    expect(stdout.trimEnd()).toBe(`--- a/src/a.js
+++ b/src/a.js
@@ -1,5 +1,6 @@
 import middy from '@middy/core'
-import ssm from '@middy/ssm'
+import { parametersCache } from '@secrets-cache/middy'
+import { sdk } from '@secrets-cache/sdk'
${' '}
-export const handler = middy(async (event, context) => context.a.trim())
-  .use(ssm({ fetchData: { a: '/a' }, cacheExpiry: 0, setToContext: true }))
+export const handler = middy(async (event, context) => context.parameters.a.trim())
+  .use(parametersCache({ source: sdk(), parameters: { a: '/a' }, maxAge: 0 }))`)
    expect(stderr).toContain('Needed from now on: npm install @secrets-cache/middy @secrets-cache/sdk')
    expect(stderr).toMatch(/1 file: 1 to change \(--write changes them\), nothing to decide$/)
    expect(status).toBe(0)
    expect(await read('src/a.js')).toBe(clear)
  })

  it('writes what its diff says, keeps the mode, and has nothing to do a second time', async () => {
    for (const [name, text] of handlers) await write(`src/${name}`, text)
    await chmod(join(folder, 'src/both.ts'), 0o750)
    await cp(join(folder, 'src'), join(folder, 'other/src'), { recursive: true })
    const { stdout } = await migrate('src')
    execFileSync('git', ['apply', '-'], { cwd: join(folder, 'other'), input: `${stdout}\n` })
    const written = await migrate('src', '--write')
    expect(written.stdout).toBe('')
    expect(written.stderr).toContain(`${handlers.length} files: ${handlers.length} changed`)
    for (const [name] of handlers) expect(await read(`src/${name}`)).toBe(await read(`other/src/${name}`))
    expect((await stat(join(folder, 'src/both.ts'))).mode & 0o777).toBe(0o750)
    const again = await migrate('src', '--write')
    expect(again).toMatchObject({ status: 0, stdout: '' })
    expect(again.stderr).toBe(`${handlers.length} files: 0 changed, nothing to decide`)
  })

  it('tells what cannot be parsed, what stays and what is to be decided, with status 1, and goes on', async () => {
    await write('src/broken.ts', "import ssm from '@middy/ssm'\nconst password = 'canary' +\n")
    await write('src/deep/doubtful.ts', doubtful)
    await write('src/role.mjs', clear.replace('cacheExpiry: 0', "awsClientAssumeRole: 'role'"))
    await write('src/none.ts', 'export const a = 1\n')
    await write('src/clear.js', clear)
    await write('src/notes.md', clear)
    const { status, stderr } = await migrate('src', '--write')
    expect(status).toBe(1)
    const told = stderr.replaceAll(/\s+/g, ' ')
    expect(told).toContain(
      '✗ src/broken.ts:1: stays: it cannot be parsed: Unexpected token (line 3, column 1).',
    )
    expect(told).toContain('✗ src/role.mjs:5: stays: @middy/ssm: awsClientAssumeRole has no counterpart')
    expect(told).toContain('? src/deep/doubtful.ts:5: TODO: Middy tells by the value what it is')
    expect(told).toContain('5 files: 2 changed, 3 to look at')
    expect(told).not.toContain('canary')
    expect(await read('src/clear.js')).toContain('parametersCache')
    expect(await read('src/notes.md')).toBe(clear)
  })

  it('prints JSON', async () => {
    await write('src/a.js', doubtful)
    await write('src/b.js', 'const a = 1\n')
    const { status, stdout } = await migrate('src/*.js', '--json')
    expect(status).toBe(1)
    const [a, b] = JSON.parse(stdout) as Migrated[]
    expect(a).toEqual({
      file: 'src/a.js',
      status: 'changed',
      diff: expect.stringMatching(/^--- a\/src\/a\.js\n/),
      todos: [{ line: 5, message: expect.stringContaining('a: text, json()') }],
      left: [],
      notes: [],
      added: ['@secrets-cache/middy', '@secrets-cache/sdk'],
      removed: ['@middy/ssm'],
    })
    expect(b).toEqual({
      file: 'src/b.js',
      status: 'unchanged',
      diff: '',
      todos: [],
      left: [],
      notes: [],
      added: [],
      removed: [],
    })
  })

  it.each([
    [[], "missing required argument 'files'"],
    [['none.ts'], 'none.ts: there is no such file or folder.'],
    [['src/*.none'], 'src/*.none: no file of .ts, .mts'],
    [['package.json'], 'package.json: it is none of .ts, .mts'],
    [['src', '--wirte'], "unknown option '--wirte'"],
  ])('refuses %j, with status 2', async (given, message) => {
    await write('package.json', '{}')
    const { status, stderr } = await migrate(...given)
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) })
  })

  it('takes names with brackets as they are, and leaves what is installed alone', async () => {
    await mkdir(join(folder, 'src/node_modules/a'), { recursive: true })
    await write('src/node_modules/a/index.js', clear)
    await write('src/[id].js', clear)
    await write('src/types.d.ts', "import ssm from '@middy/ssm'\n")
    await symlink('[id].js', join(folder, 'src/link.js'))
    expect((await migrate('src/[id].js')).stderr).toContain('1 file: 1 to change')
    expect((await migrate('src', '--json')).stdout).not.toContain('node_modules')
    expect((await migrate('src/**/*', '--json')).stdout).not.toMatch(/node_modules|types\.d\.ts/)
  })

  it('is the only command that loads a parser', async () => {
    const script = `
import { registerHooks } from 'node:module'
registerHooks({ load: (url, context, next) => (/node_modules.*(babel|magic-string|[/]diff)/.test(url) && console.log(url), next(url, context)) })
process.argv = [process.argv[0], 'secrets-cache', 'list', '--help']
await import(${JSON.stringify(new URL('../src/cli.ts', import.meta.url).href)})`
    await write('loads.mjs', script)
    const flags = ['--conditions=@secrets-cache/source', '--disable-warning=ExperimentalWarning']
    const printed = execFileSync(process.execPath, [...flags, join(folder, 'loads.mjs')], {
      encoding: 'utf8',
    })
    expect(printed).toContain('Usage: secrets-cache list')
    expect(printed).not.toMatch(/babel|magic-string|diff/)
  })
})
