import { execFile } from 'node:child_process'
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from '@jest/globals'
import { build } from 'esbuild'
import { examplesFolder, findExamples, innerPackages, readPackage } from './examples.ts'
import { allowed, ofType, readTemplate } from './template.ts'

const run = promisify(execFile)
const examples = findExamples()
const packages = join(examplesFolder, '../packages')
const published = readdirSync(packages)
  .map((name) => readPackage(join(packages, name)))
  .filter((one) => !one.private)
  .map(({ name }) => name)

/** A declaration as a handler's module exports it: names, or references with an `id`. */
type Names = Readonly<Record<string, string | { readonly id: string }>>
interface Declared {
  readonly secrets?: Names
  readonly parameters?: Names
}

describe.each(examples)('examples/$name', ({ name, folder, description, dependencies }) => {
  it('says in one line what it teaches, in its package and in the gallery', () => {
    const gallery = readFileSync(join(examplesFolder, 'README.md'), 'utf8')
    expect(description).not.toBe('')
    expect(gallery).toContain(`[${name}](${name})`)
    expect(gallery).toContain(description)
  })

  it('has a README with one command', () => {
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toMatch(/```sh\n[^\n]+\n```/)
  })

  it('can be copied: it depends on what is published, and on no file outside its folder', () => {
    const own = [...innerPackages(folder), folder].map((one) => readPackage(one).name)
    const fromWorkspace = Object.entries(dependencies).filter(([, version]) =>
      version.startsWith('workspace:'),
    )
    for (const [dependency] of fromWorkspace) expect([...published, ...own]).toContain(dependency)

    for (const file of globSync('**/*.{ts,json}', { cwd: folder, exclude: ['**/node_modules'] })) {
      const text = readFileSync(join(folder, file), 'utf8')
      const named = text.matchAll(/(?:from |import\(|new URL\(|"extends": )['"](\.[^'"]+)/g)
      const paths = [...named].map(([, path]) =>
        relative(folder, join(folder, dirname(file), path as string)),
      )
      expect([file, paths.filter((path) => path.startsWith('..'))]).toEqual([file, []])
    }
  })

  it('has what it is built, checked and tested with', () => {
    const expected = ['typescript', '@types/node']
    if (existsSync(join(folder, 'template.yaml'))) expected.push('esbuild')
    if (globSync('*.test.ts', { cwd: folder }).length > 0) expected.push('jest', '@jest/globals')
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(expected))
  })
})

const deployable = examples
  .filter(({ folder }) => existsSync(join(folder, 'template.yaml')))
  .map(({ name, folder }) => ({ name, folder, template: readTemplate(join(folder, 'template.yaml')) }))

const bundles = await mkdtemp(join(tmpdir(), 'secrets-cache-bundles-'))
afterAll(() => rm(bundles, { recursive: true }))

describe.each(deployable)('the template of $name', ({ name, folder, template }) => {
  const [lambda] = ofType(template, 'AWS::Serverless::Function')
  const variables: Record<string, string> = lambda?.Properties.Environment.Variables
  const uses = (name: string) =>
    readFileSync(join(folder, 'package.json'), 'utf8').includes(`@secrets-cache/${name}`)

  it('lets the function do what its handler declares, and nothing else', async () => {
    // The handler is loaded as in Lambda: with the variables of the template.
    Object.assign(process.env, { LAMBDA_TASK_ROOT: folder }, variables)
    const [module] = lambda?.Properties.Handler.split('.') ?? []
    const { declared } = (await import(join(folder, `${module}.ts`))) as { declared: Declared }

    const expected = declaredActions(declared)
    const extra = allowed(template).filter((permission) => /tenants\/\*$/.test(permission))
    expect(allowed(template)).toEqual([...expected, ...extra].toSorted())
  })

  it('takes the layer from its public parameter, and sets port and TTLs; or asks AWS itself and has none', async () => {
    if (uses('direct')) {
      expect(lambda?.Properties.Layers).toBeUndefined()
      return
    }
    expect(lambda?.Properties.Layers).toEqual([
      '{{resolve:ssm:/aws/service/aws-parameters-and-secrets-lambda-extension/arm64/latest}}',
    ])
    expect(variables).toMatchObject({
      PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: '2773',
      SECRETS_MANAGER_TTL: '300',
    })
    const asksParameters = allowed(template).some((permission) => permission.startsWith('ssm:'))
    expect(variables['SSM_PARAMETER_STORE_TTL']).toBe(asksParameters ? '300' : undefined)
  })

  it('is built by what the template says into a bundle that Lambda can load', async () => {
    const { BuildMethod, BuildProperties: how } = lambda?.Metadata ?? {}
    const isEsm = how?.Format === 'esm'
    const [module] = lambda?.Properties.Handler.split('.') ?? []
    const outfile = join(bundles, `${name}.${isEsm ? 'mjs' : 'cjs'}`)
    await build({
      entryPoints: [join(folder, how?.EntryPoints[0] ?? `${module}.ts`)],
      outfile,
      bundle: true,
      platform: 'node',
      format: isEsm ? 'esm' : 'cjs',
      target: how?.Target ?? 'node24',
      minify: how?.Minify ?? false,
      ...(how?.Banner && { banner: { js: how.Banner[0].replace(/^js=/, '') } }),
      conditions: ['@secrets-cache/source'],
      logLevel: 'error',
    })
    const { stdout } = await run(
      process.execPath,
      ['--input-type=module', '-e', `console.log(typeof (await import('${outfile}')).handler)`],
      { env: { ...process.env, ...variables, LAMBDA_TASK_ROOT: folder } },
    )
    expect([BuildMethod, stdout]).toEqual([how ? 'esbuild' : 'makefile', 'function\n'])
  })

  /** The actions that a declaration needs: the layer's and, where AWS is asked itself, those of a batch. */
  function declaredActions({ secrets = {}, parameters = {} }: Declared): readonly string[] {
    const idsOf = (names: Names) =>
      Object.values(names).map((one) => (typeof one === 'string' ? one : one.id))
    const parameterActions = [
      'ssm:GetParameter',
      ...(uses('sdk') || uses('direct') ? ['ssm:GetParameters'] : []),
    ]
    return [
      ...(uses('direct') ? ['secretsmanager:BatchGetSecretValue *'] : []),
      ...idsOf(secrets).map((id) => `secretsmanager:GetSecretValue ${secretResource(id)}`),
      ...idsOf(parameters).flatMap((id) =>
        parameterActions.map((action) => `${action} ${arn('ssm')}:parameter${id}`),
      ),
    ]
  }

  /** The template's own resource where it makes the secret, else the name with the six characters that AWS adds. */
  function secretResource(id: string): string {
    const made = Object.entries(template.Resources).find(
      ([, { Type, Properties }]) => Type === 'AWS::SecretsManager::Secret' && Properties.Name === id,
    )
    if (made) return `<${made[0]}>`
    return id.startsWith('<') ? id : `${arn('secretsmanager')}:secret:${id}-??????`
  }
})

const arn = (service: string) => `arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>`

describe('the second article’s template', () => {
  const template = deployable.find(({ name }) => name === 'rds-mysql')?.template
  if (!template) throw new Error('examples/rds-mysql has no template')

  it('has the article’s parameters under their names, with their defaults but for the engine', () => {
    const { Parameters } = template as unknown as { Parameters: Record<string, { Default: string }> }
    const defaults = Object.fromEntries(
      Object.entries(Parameters).map(([name, { Default }]) => [name, Default]),
    )
    expect(defaults).toMatchObject({
      pVpcCIDR: '172.31.0.0/16',
      pPublicSubnetCIDR: '172.31.3.0/24',
      pPrivateSubnetACIDR: '172.31.2.0/24',
      pPrivateSubnetBCIDR: '172.31.1.0/24',
      pDatabaseName: 'devDB',
      pDatabaseUsername: 'myadmin',
      pDBEngineVersion: '8.4',
    })
  })

  it('keeps the database private, in two zones, and rotates its secret', () => {
    const [database] = ofType(template, 'AWS::RDS::DBInstance')
    expect(database?.Properties).toMatchObject({ MultiAZ: true, PubliclyAccessible: false, Engine: 'mysql' })
    for (const type of ['SecretTargetAttachment', 'RotationSchedule'])
      expect(ofType(template, `AWS::SecretsManager::${type}`)).toHaveLength(1)
  })
})
