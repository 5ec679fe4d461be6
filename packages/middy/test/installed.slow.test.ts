import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { build } from 'esbuild'
import { createUserProject, type UserProject } from './helpers/user-project.ts'

// Lambda's managed runtimes start Node with require() of ES modules, and the detection of their syntax, switched off.
jest.setTimeout(240_000)
const lambdaFlags = ['--no-experimental-require-module', '--no-experimental-detect-module']

const entries = {
  core: ['', '/internal', '/testing'],
  extension: [''],
  sdk: ['', '/static'],
  middy: ['', '/config-file', '/with-source'],
  local: ['', '/jest', '/testing'],
}
const ids = Object.entries(entries).flatMap(([name, paths]) =>
  paths.map((path) => `@secrets-cache/${name}${path}`),
)

let project: UserProject
const onLambda = (...given: string[]) => project.node(...lambdaFlags, ...given)

beforeAll(async () => {
  const clients = ['@aws-sdk/client-secrets-manager@3.1162.0', '@aws-sdk/client-ssm@3.1169.0']
  // An older yaml beside them: what the file's parser is does not concern it.
  project = await createUserProject(['@middy/core@7.9.2', 'yaml@1.10.2', ...clients])
  await project.write('invoke.cjs', invoke)
})
afterAll(() => project.remove())

/** Starts the stand-in, loads the function, invokes it twice, prints the answers and what was asked in all. */
const invoke = `
const { startLocal } = require('@secrets-cache/local')
void (async () => {
  const local = await startLocal({ secrets: { 'prod/db': { user: 'orders' } }, parameters: { '/prod/hosts': ['a', 'b'] } })
  Object.assign(process.env, local.environment)
  const file = require('node:path').resolve(process.argv[2])
  const { handler } = file.endsWith('.cjs') ? require(file) : await import(file)
  const answers = [await handler({}, {}), await handler({}, {})]
  console.log(JSON.stringify({ answers, upstream: local.calls.upstream }))
  await local.close()
})()
`
const answer = { user: 'orders', hosts: ['a', 'b'] }

/** What each function declares, and what it does with it. */
const declared = `{ secrets: { db: json('prod/db') }, parameters: { hosts: list('/prod/hosts') } }`
const handle = `async (_event, { secrets, parameters }) => ({ user: secrets.db.user, hosts: parameters.hosts })`

async function outcomeOf(file: string, code: string): Promise<unknown> {
  await project.write(file, code)
  return JSON.parse(await onLambda('invoke.cjs', file))
}

describe('the parser of the configuration file', () => {
  const read = (file: string) =>
    readFile(join(project.folder, 'node_modules/@secrets-cache/middy', file), 'utf8')

  it('is built in, and works beside another version', async () => {
    await project.write(
      'config.yaml',
      'SecretManagers: [{ secrets: [&a prod/db] }]\nParameterStores: [{ parameters: [*a] }]',
    )
    const code = "console.log(JSON.stringify(require('@secrets-cache/middy/config-file').configFile()))"
    const imported = code.replace(/require\(('[^']*')\)/, '(await import($1))')
    const declared = { 'prod/db': { format: 'text', id: 'prod/db', options: {} } }
    for (const given of [
      ['-e', code],
      ['--input-type=module', '-e', imported],
    ])
      expect(JSON.parse(await onLambda(...given))).toEqual({ secrets: declared, parameters: declared })
  })

  it('has its licence and its version beside it', async () => {
    const own = fileURLToPath(new URL('../node_modules/yaml/', import.meta.url))
    const { version } = JSON.parse(await readFile(join(own, 'package.json'), 'utf8'))
    const notices = await read('THIRD-PARTY-NOTICES.md')
    expect(notices).toContain(`yaml ${version} (`)
    expect(notices).toContain((await readFile(join(own, 'LICENSE'), 'utf8')).trim())
    for (const file of ['dist/yaml.js', 'dist/yaml.cjs'])
      expect(await read(file)).toContain(`/*! yaml ${version}, ISC: THIRD-PARTY-NOTICES.md */`)
  })

  it('is in a file of its own, which nothing loads but the configuration file', async () => {
    const { metafile } = await bundleOf("export { secretsCache } from '@secrets-cache/middy'")
    expect(Object.keys(metafile.inputs).filter((file) => file.includes('yaml'))).toEqual([])
  })
})

describe('with the flags of the Lambda runtime', () => {
  it('every entry can be imported and required, and both have the same exports', async () => {
    const script = `
const { createRequire } = require('node:module')
void (async () => {
  for (const id of ${JSON.stringify(ids)}) {
    const names = (module) => Object.keys(module).filter((name) => !['default', 'module.exports'].includes(name)).sort().join()
    console.log(id, names(await import(id)) === names(require(id)))
  }
})()`
    expect(await onLambda('-e', script)).toBe(ids.map((id) => `${id} true\n`).join(''))
  })

  it('an ES module works', async () => {
    const code = `
import middy from '@middy/core'
import { json, list, secretsCache } from '@secrets-cache/middy'
export const handler = middy().use(secretsCache(${declared})).handler(${handle})`
    expect(await outcomeOf('function.mjs', code)).toEqual({ answers: [answer, answer], upstream: 2 })
  })

  it('a CommonJS function works that imports Middy, which is ESM alone', async () => {
    const code = `
const { json, list, secretsCache } = require('@secrets-cache/middy')
const middleware = secretsCache(${declared})
const made = import('@middy/core').then(({ default: middy }) => middy().use(middleware).handler(${handle}))
exports.handler = async (event, context) => (await made)(event, context)`
    expect(await outcomeOf('with-middy.cjs', code)).toEqual({ answers: [answer, answer], upstream: 2 })
  })

  it('a CommonJS function works without Middy', async () => {
    const code = `
const { createSecrets, json, list } = require('@secrets-cache/core')
const { sdk } = require('@secrets-cache/sdk')
const handle = ${handle}
const orders = createSecrets({ ...${declared}, source: sdk() })
exports.handler = async (event) => handle(event, await orders.read())`
    expect(await outcomeOf('with-sdk.cjs', code)).toEqual({ answers: [answer, answer], upstream: 2 })
  })

  it.each(['esm', 'cjs'] as const)('a function bundled as %s works', async (format) => {
    await project.write(
      'source.mjs',
      `import middy from '@middy/core'
import { json, list, secretsCache } from '@secrets-cache/middy'
export const handler = middy().use(secretsCache(${declared})).handler(${handle})`,
    )
    const file = format === 'esm' ? 'bundle.mjs' : 'bundle.cjs'
    await bundle('source.mjs', file, format)
    expect(JSON.parse(await onLambda('invoke.cjs', file))).toEqual({ answers: [answer, answer], upstream: 2 })
  })

  it('a bundle holds the same one copy, whether it imports or requires', async () => {
    await project.write(
      'both.cjs',
      `exports.all = [require('@secrets-cache/middy'), import('@secrets-cache/middy')]
exports.core = [require('@secrets-cache/core'), import('@secrets-cache/core')]`,
    )
    const { metafile } = await bundle('both.cjs', 'both-bundled.cjs', 'cjs')
    const ours = Object.keys(metafile.inputs).filter((file) => file.includes('@secrets-cache/'))
    expect(ours.length).toBeGreaterThan(0)
    expect(ours.filter((file) => file.endsWith('.cjs'))).toEqual([])
  })

  it('what is imported and what is required share what they cache', async () => {
    const script = `
const core = require('@secrets-cache/core')
const { memorySource } = require('@secrets-cache/core/testing')
void (async () => {
  const esm = await import('@secrets-cache/core')
  const source = memorySource({ secrets: { a: 'value' } })
  const one = core.createSecrets({ source, secrets: { a: esm.text('a') } })
  const other = esm.createSecrets({ source, secrets: { a: core.text('a') } })
  await one.read()
  const { secrets } = await other.read()
  console.log(JSON.stringify({
    isSame: core === esm,
    calls: source.calls(),
    isError: esm.isSecretsCacheError(new core.NotFoundError()),
    derived: core.derive(secrets, 'a', (value) => value.length),
  }))
})()`
    expect(JSON.parse(await onLambda('-e', script))).toEqual({
      isSame: false,
      calls: 1,
      isError: true,
      derived: 5,
    })
  })
})

const bundleOf = (contents: string) =>
  build({
    absWorkingDir: project.folder,
    stdin: { contents, resolveDir: project.folder },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
  })

const bundle = (entry: string, outfile: string, format: 'esm' | 'cjs') =>
  build({
    absWorkingDir: project.folder,
    entryPoints: [entry],
    outfile,
    format,
    bundle: true,
    metafile: true,
    platform: 'node',
    target: 'node22',
    logLevel: 'error',
  })
