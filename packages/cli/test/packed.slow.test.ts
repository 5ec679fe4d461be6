import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'

// As its user gets it: built, packed and installed in an empty project outside the workspace.
jest.setTimeout(600_000)

const root = fileURLToPath(new URL('../../..', import.meta.url))
const run = promisify(execFile)
/** npm with the Node it came with; in our scripts another one stands first. */
const PATH = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'))
const env = { ...process.env, PATH: PATH.join(delimiter) }
const names = ['core', 'sdk', 'local', 'cli']
let tarballs: Readonly<Record<string, string>>
let place: string

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'secrets-cache-cli-packed-'))
  for (const name of names) {
    const filter = ['--filter', `@secrets-cache/${name}`]
    await run(process.execPath, ['.ci/pnpm.mjs', ...filter, 'pack', '--pack-destination', place], {
      cwd: root,
      env,
    })
  }
  const files = (await readdir(place)).filter((file) => file.endsWith('.tgz'))
  tarballs = Object.fromEntries(files.map((file) => [nameOf(file), `file:${join(place, file)}`]))
})
afterAll(() => rm(place, { recursive: true, force: true }))

const nameOf = (file: string) => `@secrets-cache/${/^secrets-cache-(\w+)-/.exec(file)?.[1]}`

/** Puts the tarballs into an empty project, as its user would. */
const install = {
  npm: (folder: string) => {
    const given = ['install', '--no-audit', '--no-fund', '--prefer-offline', ...Object.values(tarballs)]
    return run('npm', given, { cwd: folder, env })
  },
  pnpm: async (folder: string) => {
    // Ours depend on each other by versions that are in no registry.
    await writeFile(join(folder, 'pnpm-workspace.yaml'), JSON.stringify({ overrides: tarballs }))
    const given = [
      'add',
      '--prefer-offline',
      '@secrets-cache/cli',
      '@secrets-cache/core',
      '@secrets-cache/local',
    ]
    return run(join(root, '.ci/pnpm'), given, { cwd: folder, env })
  },
}

describe.each(['npm', 'pnpm'] as const)('the packed command line, installed by %s', (manager) => {
  let folder: string
  beforeAll(async () => {
    folder = join(place, manager)
    await mkdir(folder)
    await writeFile(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }')
    await install[manager](folder)
  })

  const execute = (program: string, ...given: string[]) =>
    run(join(folder, 'node_modules/.bin', program), given, {
      cwd: folder,
      env: { ...env, PATH: [dirname(process.execPath), env.PATH].join(delimiter) },
    })
  const cli = (...given: string[]) => execute('secrets-cache', ...given)

  it('brings along neither an AWS SDK, nor esbuild, nor the CDK', async () => {
    const all = await readdir(join(folder, 'node_modules/.pnpm')).catch(() => [])
    const installed = [...all, ...(await readdir(join(folder, 'node_modules')))]
    expect(installed.filter((name) => /^(@aws-sdk|esbuild|aws-cdk-lib|@smithy)/.test(name))).toEqual([])
  })

  it('tells its version, and lists a TypeScript handler', async () => {
    expect((await cli('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    const source = "{ name: 'extension', identity: 'extension', fetch: () => [] }"
    await writeFile(
      join(folder, 'index.ts'),
      `import { createSecrets } from '@secrets-cache/core'\nexport const reader = createSecrets({ source: ${source}, secrets: { a: 'prod/a' as string } })\n`,
    )
    expect((await cli('list', 'index.ts')).stdout).toContain('secrets.a  prod/a')
    const { stdout } = await cli(
      'policy',
      'index.ts',
      '--merge',
      '--region',
      'eu-west-1',
      '--account',
      '123456789012',
    )
    expect(JSON.parse(stdout).Statement[0].Resource).toBe(
      'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/a-??????',
    )
  })

  it.each(['secrets-cache', 'secrets-cache-local'])(
    'runs a function as %s, beside a stand-in',
    async (program) => {
      const read = "fetch(process.env.AWS_ENDPOINT_URL + '/secretsmanager/get?secretId=a', { headers })"
      const headers = "{ 'X-Aws-Parameters-Secrets-Token': process.env.AWS_SESSION_TOKEN }"
      await writeFile(
        join(folder, 'read.mjs'),
        `const headers = ${headers}\nexport const handler = async () => (await (await ${read}).json()).SecretString\n`,
      )
      await writeFile(join(folder, 'values.json'), '{ "secrets": { "a": "made up" } }')
      const { stdout } = await execute(program, 'run', 'read.mjs', '--timeout', '60s', '--json')
      expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ result: 'made up' })
    },
  )

  it('starts the stand-in beside a command', async () => {
    const { stdout } = await cli(
      'local',
      '--port',
      '0',
      '--json',
      '--',
      process.execPath,
      '-e',
      'console.log(6 * 7)',
    )
    expect(stdout).toMatch(/^\{"event":"ready".*\}\n42\n$/)
  })

  it('migrates a handler', async () => {
    const handler = `import middy from '@middy/core'
import ssm from '@middy/ssm'
export const handler = middy(async (event, context) => context.a.trim())
  .use(ssm({ fetchData: { a: '/a' }, cacheExpiry: 60_000, setToContext: true }))
`
    await writeFile(join(folder, 'before.mjs'), handler)
    const { stdout, stderr } = await cli('migrate', 'before*.mjs', '--write')
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: expect.stringContaining('1 file: 1 changed') })
    expect(await readFile(join(folder, 'before.mjs'), 'utf8')).toContain(
      "parametersCache({ source: sdk(), parameters: { a: '/a' }, maxAge: 60 })",
    )
  })

  it('says what to install where a command needs it', async () => {
    const refused = await cli('check', 'index.ts').catch((error: { code: number; stdout: string }) => error)
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining('MISSING_CLIENT') })
    expect(refused.stdout.replaceAll(/\s+/g, ' ')).toContain('@aws-sdk/client-secrets-manager')
  })
})
