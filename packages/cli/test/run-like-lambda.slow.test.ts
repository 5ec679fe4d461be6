import { join } from 'node:path'
import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { exportsName } from '../src/functions/exports-name.ts'
import { functionFlags } from '../src/run/function-process.ts'
import { makeFolder, runHere, showHere } from './run-here.ts'

// Processes have to start first, on a machine that may be busy.
jest.setTimeout(120_000)

const ESM_ONLY = {
  'node_modules/esm-only/package.json': '{"name":"esm-only","type":"module","exports":"./index.js"}',
  'node_modules/esm-only/index.js': 'export const word = "esm"',
}

describe('run, as Lambda starts Node', () => {
  const before = process.env['NODE_OPTIONS']
  afterEach(() => {
    if (before === undefined) delete process.env['NODE_OPTIONS']
    else process.env['NODE_OPTIONS'] = before
  })

  it('refuses require() of an ES module, and says what to do', async () => {
    delete process.env['NODE_OPTIONS']
    await using made = await makeFolder({
      ...ESM_ONLY,
      'index.cjs': 'const { word } = require("esm-only")\nexports.handler = async () => word',
    })
    const { code, last } = await runHere(made.folder)
    expect(code).toBe(1)
    expect(last?.error).toMatchObject({ code: 'ERR_REQUIRE_ESM' })
    expect(last?.error?.hint).toMatch(
      /do not let CommonJS require\(\) an ES module\. Bundle .* await import\(\)/,
    )
    const { lines } = await showHere(made.folder)
    expect(lines.join(' ').replaceAll(/\s+/g, ' ')).toContain("Lambda's Node.js runtimes do not let CommonJS")
    expect(lines.filter((line) => line.length > 80 && !/^ +at /.test(line))).toEqual([])
  })

  it('says so where the function requires it later', async () => {
    delete process.env['NODE_OPTIONS']
    await using made = await makeFolder({
      ...ESM_ONLY,
      'index.cjs': 'exports.handler = async () => require("esm-only").word',
    })
    expect((await runHere(made.folder)).last?.error?.hint).toMatch(/^Lambda's Node\.js runtimes/)
  })

  it('lets it import one, and require one when NODE_OPTIONS switches that on', async () => {
    delete process.env['NODE_OPTIONS']
    await using made = await makeFolder({
      ...ESM_ONLY,
      'index.cjs': 'exports.handler = async () => (await import("esm-only")).word',
      'required.cjs': 'const { word } = require("esm-only")\nexports.handler = async () => word',
    })
    expect((await runHere(made.folder)).last?.result).toBe('esm')
    process.env['NODE_OPTIONS'] = '--experimental-require-module'
    expect((await runHere(join(made.folder, 'required.cjs'))).last?.result).toBe('esm')
  })

  it.each([
    ['', true, true],
    ['--max-old-space-size=100', true, true],
    ['--experimental-require-module', false, true],
    ['--enable-source-maps --require-module', false, true],
    ['--experimental-detect-module', true, false],
  ])('leaves to NODE_OPTIONS=%j what it says', (options, requires, detects) => {
    const flags = functionFlags(options)
    expect(flags.includes('--no-experimental-require-module')).toBe(requires)
    expect(flags.includes('--no-experimental-detect-module')).toBe(detects)
  })

  it('does not guess that a .js file is an ES module', async () => {
    await using made = await makeFolder({ 'index.js': 'export const handler = async () => 1' })
    const { last } = await runHere(made.folder)
    expect(last?.error).toMatchObject({ errorType: 'SyntaxError' })
    expect(last?.error?.hint).toMatch(/^Lambda takes a \.js file for CommonJS/)
  })
})

describe('run, with the folder for /var/task', () => {
  const COMMON = {
    'index.js':
      'const lib = require("./lib/lib")\nexports.handler = async () => [lib.word, __filename.length > 0]',
    'lib/lib.js': 'exports.word = "common"',
  }
  const below = (folder: string, files: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]))

  it.each([
    ['the folder', 'out/cjs', []],
    ['the file', 'out/cjs/index.js', []],
    ['a folder above the file', 'out', ['--handler', 'cjs/index.handler']],
  ])('takes CommonJS for what it is below a package of ES modules: %s', async (_, place, flags) => {
    await using made = await makeFolder({ 'package.json': '{"type":"module"}', ...below('out/cjs', COMMON) })
    expect((await runHere(join(made.folder, place), ...flags)).last?.result).toEqual(['common', true])
  })

  it('lets ES modules import it there', async () => {
    await using made = await makeFolder({
      'package.json': '{"type":"module"}',
      'out/index.mjs': 'import { word } from "./lib/lib.js"\nexport const handler = async () => word',
      'out/lib/lib.js': 'exports.word = "common"',
    })
    expect((await runHere(join(made.folder, 'out'))).last?.result).toBe('common')
  })

  it('takes the word of a package.json inside', async () => {
    await using made = await makeFolder({
      'package.json': '{"type":"commonjs"}',
      'out/package.json': '{"type":"module"}',
      'out/src/index.js': 'export const handler = async () => typeof require',
      'out/old/package.json': '{}',
      'out/old/index.js': 'exports.handler = async () => "old"',
    })
    expect((await runHere(join(made.folder, 'out'))).last?.result).toBe('undefined')
    const old = await runHere(join(made.folder, 'out'), '--handler', 'old/index.handler')
    expect(old.last?.result).toBe('old')
  })

  it('takes an ES module in .js for CommonJS, as Lambda does, when its package.json stays above', async () => {
    const files = {
      'package.json': '{"type":"module"}',
      'out/index.js': 'export const handler = async () => 1',
    }
    await using made = await makeFolder(files)
    const { last } = await runHere(join(made.folder, 'out'))
    expect(last?.error).toMatchObject({ errorType: 'SyntaxError' })
    expect(last?.error?.hint).toMatch(/one above it is not deployed/)
    // What else is deployed with a file that is named alone is unknown: its syntax decides.
    expect((await runHere(join(made.folder, 'out/index.js'))).last?.result).toBe(1)
  })

  it('leaves packages in node_modules their own kind', async () => {
    await using made = await makeFolder({
      ...ESM_ONLY,
      'package.json': '{"type":"module"}',
      'out/index.js': 'exports.handler = async () => (await import("esm-only")).word',
    })
    expect((await runHere(join(made.folder, 'out'))).last?.result).toBe('esm')
  })

  it.each(['{}', '{"type":"commonjs"}', '{"type":"module"}'])(
    'takes TypeScript as what compiles it does, whatever %s says',
    async (json) => {
      await using made = await makeFolder({
        'package.json': json,
        'src/index.ts':
          "import { level } from './level'\nexport const handler = async (_: object) => level as number",
        'src/level.ts': 'enum Level { Low, High }\nexport const level: Level = Level.High',
      })
      expect((await runHere(made.folder)).last?.result).toBe(1)
      expect((await runHere(join(made.folder, 'src'))).last?.result).toBe(1)
    },
  )
})

describe('run, with the SDK that Lambda brings', () => {
  const NAMES = ['@aws-sdk/client-secrets-manager', '@aws-sdk/client-ssm']

  it.each([
    ['a CommonJS bundle that requires', 'index.cjs', 'require(name)', 'exports.handler ='],
    ['a CommonJS bundle that imports', 'index.cjs', 'await import(name)', 'exports.handler ='],
    ['an ES module', 'index.mjs', 'await import(name)', 'export const handler ='],
  ])('offers it to %s, away from any node_modules', async (_, file, load, exported) => {
    await using made = await makeFolder({
      [file]: `${exported} async () => {
  const found = []
  for (const name of ${JSON.stringify(NAMES)}) found.push(...Object.keys(${load}).filter((key) => /^(SSM|SecretsManager)Client$/.test(key)))
  return found
}`,
    })
    expect((await runHere(made.folder)).last?.result).toEqual(['SecretsManagerClient', 'SSMClient'])
  })

  it('reads through it', async () => {
    await using made = await makeFolder({
      'values.json': '{"secrets":{"a":"found"}}',
      'index.cjs': `const { SecretsManagerClient, GetSecretValueCommand } = require('@aws-sdk/client-secrets-manager')
exports.handler = async () => (await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: 'a' }))).SecretString`,
    })
    expect((await runHere(made.folder)).last?.result).toBe('found')
  })

  it("takes the function's own first", async () => {
    await using made = await makeFolder({
      'node_modules/@aws-sdk/client-ssm/package.json': '{"main":"index.js"}',
      'node_modules/@aws-sdk/client-ssm/index.js': 'exports.own = true',
      'index.cjs': 'exports.handler = async () => require("@aws-sdk/client-ssm")',
    })
    expect((await runHere(made.folder)).last?.result).toEqual({ own: true })
  })

  it.each(['require("@aws-sdk/client-none")', 'await import("@aws-sdk/client-none/deep")'])(
    'says where it is not to be had: %s',
    async (load) => {
      await using made = await makeFolder({ 'index.cjs': `exports.handler = async () => ${load}` })
      expect((await runHere(made.folder)).last?.error).toMatchObject({
        code: expect.stringMatching(/^(ERR_)?MODULE_NOT_FOUND$/),
        errorMessage: expect.stringMatching(
          /^Cannot find package '@aws-sdk\/client-none': Lambda's runtime brings it, .* npm install --save-dev @aws-sdk\/client-none$/,
        ),
      })
    },
  )

  it('lets other packages that are missing be missing', async () => {
    await using made = await makeFolder({ 'index.cjs': 'exports.handler = async () => require("yaml")' })
    expect((await runHere(made.folder)).last?.error?.errorMessage).toMatch(/^Cannot find module 'yaml'/)
  })
})

describe('the handler that run chooses', () => {
  it('is in the file that exports one', async () => {
    await using made = await makeFolder({
      'app.mjs':
        'import { handler } from "./src/handler.ts"\n// export const handler\nexport const app = { handler }',
      'index.js': 'const handler = 1; module.exports = { start: handler }',
      'src/handler.ts': 'export const handler = async (): Promise<string> => "src"',
    })
    expect((await runHere(made.folder)).last?.result).toBe('src')
  })

  it('may be passed on from another file, and is the first where none says more', async () => {
    await using made = await makeFolder({
      'index.mjs': 'export * from "./lib.mjs"',
      'lib.mjs': 'export const handler = async () => "lib"',
      'app.mjs': 'export const app = 1',
    })
    expect((await runHere(made.folder)).last?.result).toBe('lib')
  })

  it.each([
    ['export const handler = 1', 'yes'],
    ['export async function handler() {}', 'yes'],
    ['export function* handler() {}', 'yes'],
    ['export class handler {}', 'yes'],
    ['export const { other, handler } = make()', 'yes'],
    ['export { main as handler }', 'yes'],
    ['export { other, handler } from "./x"', 'yes'],
    ['export {\n  other,\n  handler,\n}', 'yes'],
    ['exports.handler = async () => {}', 'yes'],
    ['module.exports.handler = f', 'yes'],
    ['exports["handler"] = f', 'yes'],
    ['module.exports = {\n  other: 1,\n  handler,\n}', 'yes'],
    ['Object.defineProperty(exports, "handler", { get })', 'yes'],
    [
      '__export(index_exports, {\n  handler: () => handler\n});\nmodule.exports = __toCommonJS(index_exports);',
      'yes',
    ],
    ['0 && (module.exports = { handler })', 'yes'],
    ['export * from "./x"', 'maybe'],
    ['module.exports = require("./x")', 'maybe'],
    ['__exportStar(require("./x"), exports)', 'maybe'],
    ['export { handler as other }', 'no'],
    ['export const handlers = 1', 'no'],
    ['const handler = 1', 'no'],
    ['if (exports.handler === undefined) {}', 'no'],
    ['/* export const handler = 1 */', 'no'],
    ['import { handler } from "./x"\nexport const app = 1', 'no'],
  ])('is in %j: %s', (source, wanted) => {
    expect(exportsName(source, 'handler')).toBe(wanted)
  })
})

describe('run with names that are missing', () => {
  const read = (names: readonly string[]) => `
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
const client = new SecretsManagerClient({})
export const handler = async () => {
  const results = await Promise.allSettled(${JSON.stringify(names)}.map((SecretId) => client.send(new GetSecretValueCommand({ SecretId }))))
  const remedy = 'Check that the name exists and that the role may read it.'
  throw new Error(results.length + ' failed. ' + results.map(({ reason }) => reason.message + ' ' + remedy).join(' | '))
}`

  it('has a line for each, with the name that was meant, and repeats no remedy', async () => {
    await using made = await makeFolder({
      'index.mjs': read(['prod/shop/orders-db', 'prod/stripe', '/shop/hosts']),
      'values.yaml':
        'secrets: { dev/shop/orders-db: a, prod/stripe/key: b }\nparameters: { /shop/hosts: c }\n',
    })
    const { lines } = await showHere(made.folder)
    expect(lines).toEqual(
      expect.arrayContaining([
        '      prod/shop/orders-db  not in values.yaml; did you mean dev/shop/orders-db?',
        '      prod/stripe          not in values.yaml; did you mean prod/stripe/key?',
        '      /shop/hosts          not in values.yaml as a secret, but as a parameter',
      ]),
    )
    expect(lines.join(' ').match(/Check +that/g)).toHaveLength(1)
    // A terminal of 80 by 24 shows all of it.
    expect(lines.length).toBeLessThan(24)
    expect(lines.filter((line) => line.length > 80 && !/^ +at /.test(line))).toEqual([])
    const { last } = await runHere(made.folder)
    expect(last?.missing).toContainEqual({
      id: 'prod/stripe',
      kind: 'secret',
      why: 'not in values.yaml; did you mean prod/stripe/key?',
    })
  })

  it('says that there are no values at all', async () => {
    await using made = await makeFolder({ 'index.mjs': read(['prod/x']) })
    expect((await showHere(made.folder)).lines).toContain('      prod/x  there is no values file')
  })
})
