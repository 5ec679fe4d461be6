import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'

// As its user gets it: built, packed and installed in an empty project outside the workspace.
jest.setTimeout(240_000)

const root = fileURLToPath(new URL('../../..', import.meta.url))
const run = promisify(execFile)
/** npm with the Node it came with; in our scripts another one stands first. */
const PATH = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'))
const env = { ...process.env, PATH: PATH.join(delimiter) }
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-cache-cli-packed-'))
  await writeFile(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }')
  for (const name of ['core', 'sdk', 'cli']) {
    const filter = ['--filter', `@secrets-cache/${name}`]
    await run(process.execPath, ['.ci/pnpm.mjs', ...filter, 'run', 'build'], { cwd: root, env })
    await run(process.execPath, ['.ci/pnpm.mjs', ...filter, 'pack', '--pack-destination', folder], {
      cwd: root,
      env,
    })
  }
  const tarballs = (await readdir(folder)).filter((name) => name.endsWith('.tgz')).map((name) => `./${name}`)
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs], {
    cwd: folder,
    env,
  })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const cli = (...given: string[]) =>
  run(process.execPath, [join(folder, 'node_modules/@secrets-cache/cli/dist/cli.js'), ...given], {
    cwd: folder,
  })

describe('the packed command line', () => {
  it('brings along neither an AWS SDK, nor esbuild, nor the CDK', async () => {
    const installed = await readdir(join(folder, 'node_modules'))
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

  it('says what to install where a command needs it', async () => {
    const refused = await cli('check', 'index.ts').catch((error: { code: number; stdout: string }) => error)
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining('MISSING_CLIENT') })
    expect(refused.stdout.replaceAll(/\s+/g, ' ')).toContain('@aws-sdk/client-secrets-manager')
  })
})
