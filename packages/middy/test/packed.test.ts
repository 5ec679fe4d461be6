import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { build, type Metafile } from 'esbuild'
import { followPage } from './helpers/follow-page.ts'
import { askedAsWritten, runThrice, type Thrice, writeMigrations } from './helpers/migrations.ts'
import { blocksOf, compilerOptions, createUserProject, type UserProject } from './helpers/user-project.ts'

// The packages as their users get them: packed, installed in an empty project outside the workspace.
jest.setTimeout(240_000)

const packages = ['core', 'direct', 'extension', 'middy', 'local', 'sdk']
let project: UserProject

const write = (name: string, text: string) => project.write(name, text)
const node = (...given: string[]) => project.node(...given)

/** Starts the stand-in, invokes the handler of a module, prints what it answers. */
const invoker = (how: string) => `
import { startLocal } from '@secrets-cache/local'
const local = await startLocal({
  secrets: {
    'prod/orders/db': { host: 'db.internal', user: 'orders', password: 'canary-password' },
    'prod/stripe/key': 'canary-key',
  },
  parameters: { '/prod/orders/hosts': ['a.internal', 'b.internal'] },
})
Object.assign(process.env, local.environment)
const { handler } = ${how}
console.log(JSON.stringify(await handler({}, { getRemainingTimeInMillis: () => 3000 })))
await local.close()
`

beforeAll(async () => {
  const clients = ['@aws-sdk/client-secrets-manager@3.1162.0', '@aws-sdk/client-ssm@3.1169.0']
  project = await createUserProject([
    '@middy/core@7.9.2',
    '@types/node@24.19.2',
    'typescript@7.0.2',
    '@middy/ssm@7.9.2',
    '@middy/secrets-manager@6.4.5',
    '@aws-lambda-powertools/parameters@2.35.0',
    ...clients,
  ])

  const pages = {
    readme: 'README.md',
    core: 'packages/core/README.md',
    extension: 'packages/extension/README.md',
    sdk: 'packages/sdk/README.md',
    direct: 'packages/direct/README.md',
    middy: 'packages/middy/README.md',
    events: 'docs/events.md',
  }
  for (const [name, page] of Object.entries(pages)) {
    for (const [index, block] of (await blocksOf(page, 'ts')).entries())
      await write(`${name}-${index}.ts`, block)
  }
  await write('invoke.js', invoker("await import('./readme-0.ts')"))
})

afterAll(() => project.remove())

describe('the packed packages', () => {
  const answer = async () => JSON.parse((await blocksOf('README.md', 'json'))[0] as string)

  it("run the README's handler and give the README's result", async () => {
    expect(JSON.parse(await node('invoke.js'))).toEqual(await answer())
  })

  it.each(['esm', 'cjs'] as const)('run it bundled by esbuild as %s', async (format) => {
    const file = `bundle-${format}.${format === 'cjs' ? 'cjs' : 'mjs'}`
    const { metafile } = await bundle(file, format)
    await write(
      `invoke-${format}.js`,
      invoker(`(await import('./${file}'))${format === 'cjs' ? '.default' : ''}`),
    )

    expect(JSON.parse(await node(`invoke-${format}.js`))).toEqual(await answer())
    const inputs = Object.keys(metafile.inputs).join('\n')
    expect(inputs).not.toMatch(/@aws-sdk|@smithy|node_modules\/undici\//)
  })

  async function bundle(
    outfile: string,
    format: 'esm' | 'cjs',
    entry = 'readme-0.ts',
  ): Promise<{ metafile: Metafile }> {
    return build({
      absWorkingDir: project.folder,
      entryPoints: [entry],
      outfile: join(project.folder, outfile),
      bundle: true,
      minify: true,
      metafile: true,
      platform: 'node',
      target: 'node22',
      logLevel: 'error',
      format,
    })
  }

  it('compile every block of the READMEs, and no undeclared key', async () => {
    await write(
      'typo.ts',
      `import { handler } from './readme-0.ts'
import { secretsCache } from '@secrets-cache/middy'
import middy from '@middy/core'
middy().use(secretsCache({ secrets: { db: 'prod/db' } })).handler(async (_event, context) => {
  // @ts-expect-error
  context.secrets.typo
  const db: string = context.secrets.db
  return [db, handler]
})
`,
    )
    // As a library's author does: the type of each exported handler has to be named in a declaration file.
    const declaring = { noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: 'declared' }
    const strict = { allowImportingTsExtensions: true, exactOptionalPropertyTypes: true }
    const options = { ...compilerOptions, ...strict, ...declaring }
    await write('tsconfig.json', JSON.stringify({ compilerOptions: options, include: ['*.ts'] }))
    const { stdout } = await project.execute('tsc', []).catch((error: { stdout: string }) => error)
    expect(stdout).toBe('')
  })

  it('show a hover what the user would have written', async () => {
    await write(
      'hover.ts',
      `import middy from '@middy/core'
import { json, list, secretsCache } from '@secrets-cache/middy'
interface Database { user: string }
middy()
  .use(secretsCache({ secrets: { db: json<Database>('db'), key: 'key' }, parameters: { hosts: list('/hosts') } }))
  .handler(async (_event, context) => {
    context.secrets satisfies number
    context.parameters satisfies number
  })
`,
    )
    const flags = '--noEmit --strict --module nodenext --target es2024 --types node --skipLibCheck'.split(' ')
    const failed = await project
      .execute('tsc', ['--ignoreConfig', ...flags, 'hover.ts'])
      .catch((error: { stdout: string }) => error)
    expect(failed.stdout).toContain("Type '{ readonly db: Database; readonly key: string; }'")
    expect(failed.stdout).toContain("Type '{ readonly hosts: readonly string[]; }'")
  })

  it('have declarations that compile without skipLibCheck', async () => {
    await write(
      'own.ts',
      `import { createSecrets } from '@secrets-cache/core'
import { memorySource } from '@secrets-cache/core/testing'
import { extension } from '@secrets-cache/extension'
import { startLocal } from '@secrets-cache/local'
import { useLocal } from '@secrets-cache/local/jest'
import { invoke } from '@secrets-cache/local/testing'
export { createSecrets, extension, invoke, memorySource, startLocal, useLocal }
`,
    )
    const flags =
      '--noEmit --strict --module nodenext --target es2024 --types node --skipLibCheck false'.split(' ')
    const alone = ['--ignoreConfig', ...flags, 'own.ts']
    await expect(project.execute('tsc', alone)).resolves.toMatchObject({ stdout: '' })
  })

  it('run the other blocks of the READMEs', async () => {
    const files = (await readdir(project.folder)).filter((name) =>
      /^(readme|core|direct|extension|sdk|middy|events)-\d+\.ts$/.test(name),
    )
    expect(files.length).toBeGreaterThanOrEqual(9)
    for (const file of files)
      await node('--input-type=module', '-e', `await import('./${file}'); process.exit()`)
  })

  it('are the same instance for import and require', async () => {
    const script = `
import { createRequire } from 'node:module'
const require = createRequire(process.cwd() + '/x.js')
for (const name of ['core', 'core/testing', 'extension', 'middy', 'middy/with-source', 'local', 'local/jest', 'local/testing', 'sdk']) {
  const id = '@secrets-cache/' + name
  console.log((await import(id)) === require(id))
}`
    expect(await node('--input-type=module', '-e', script)).toBe('true\n'.repeat(9))
  })

  it('load neither undici nor an AWS SDK when the middleware is made', async () => {
    const script = `
import { registerHooks } from 'node:module'
const loaded = []
registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
const { secretsCache } = await import('@secrets-cache/middy')
secretsCache({ secrets: { a: 'b' } })
console.log(loaded.join('\\n'))`
    const loaded = await node('--input-type=module', '-e', script)
    expect(loaded).toMatch(/middy/)
    expect(loaded).not.toMatch(/undici|aws-sdk/)
  })

  it('bundle nothing of extension() for a handler over direct() that takes its middleware from /with-source', async () => {
    const { metafile } = await bundle('bundle-direct.mjs', 'esm', 'direct-0.ts')
    expect(Object.keys(metafile.inputs).join('\n')).not.toMatch(/secrets-cache\/extension|undici/)
  })

  it.each([
    ['tutorial', 26],
    ['testing', 6],
    ['choosing', 3],
  ])('do what docs/%s.md says', async (page, steps) => {
    expect(await followPage(project, `docs/${page}.md`, page)).toBe(steps)
  })

  it('answer after a migration as before, and ask what docs/migrating.md says', async () => {
    const names = await writeMigrations(project)
    expect(names).toEqual(['ssm', 'secrets-manager', 'powertools', 'fetch'])
    const compiled = await project.execute('tsc', ['-p', 'migrating']).catch((error) => error)
    expect(compiled.stdout).toBe('')
    for (const name of names) {
      const both = ['before', 'after'].map((when) => runThrice(project, `${when}-${name}`))
      const [before, after] = (await Promise.all(both)) as [Thrice, Thrice]
      expect(after.answers).toEqual(before.answers)
      expect(new Set(after.answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
      expect([before.asked, after.asked]).toEqual(await askedAsWritten(name))
    }
  })

  it('run nothing when they are installed', async () => {
    for (const name of packages) {
      const file = join(project.folder, 'node_modules', '@secrets-cache', name, 'package.json')
      const { scripts = {} } = JSON.parse(await readFile(file, 'utf8')) as { scripts?: object }
      expect(Object.keys(scripts).filter((script) => /install|prepare/.test(script))).toEqual([])
    }
  })
})
