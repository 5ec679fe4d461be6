import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Local, startLocal } from '@secrets-cache/local'
import { build } from 'esbuild'
import { temporaryFolder, writeRuntime } from '../src/benches/cold/bundle.ts'
import { startCold } from '../src/benches/cold/start-cold.ts'

// Functions as people deploy them, over the built packages, under AWS's own runtime client with the flags that Lambda's
// runtime gives Node.
const lambdaFlags = '--no-experimental-require-module --no-experimental-detect-module'
const installed = fileURLToPath(new URL('../node_modules', import.meta.url))

const declared = "{ secrets: { db: json('prod/db') } }"
const handle = 'async (_event, { secrets }) => secrets.db'

const functions: Readonly<Record<string, { readonly file: string; readonly code: string }>> = {
  'an ES module': {
    file: 'handler.mjs',
    code: `import middy from '@middy/core'
import { json, secretsCache } from '@secrets-cache/middy'
export const handler = middy().use(secretsCache(${declared})).handler(${handle})`,
  },
  'CommonJS without Middy': {
    file: 'handler.cjs',
    code: `const { json, withSecrets } = require('@secrets-cache/middy')
exports.handler = withSecrets(${declared}, ${handle})`,
  },
  'CommonJS that imports Middy': {
    file: 'handler.cjs',
    code: `const { json, withSecrets } = require('@secrets-cache/middy')
const made = import('@middy/core').then(({ default: middy }) => middy(withSecrets(${declared}, ${handle})))
exports.handler = async (event, context) => (await made)(event, context)`,
  },
  // As CDK's NodejsFunction makes it of TypeScript.
  'CommonJS that esbuild has made': {
    file: 'source.mjs',
    code: `import middy from '@middy/core'
import { json, withSecrets } from '@secrets-cache/middy'
export const handler = middy(withSecrets(${declared}, ${handle}))`,
  },
}

let local: Local
let runtime: string
let parent: Awaited<ReturnType<typeof temporaryFolder>>

beforeAll(async () => {
  local = await startLocal({ secrets: { 'prod/db': { characters: 7 } } })
  parent = await temporaryFolder()
  runtime = await writeRuntime(parent.folder)
})
afterAll(async () => {
  await parent[Symbol.asyncDispose]()
  await local.close()
})

async function deploy(name: string, file: string, code: string): Promise<string> {
  const folder = join(parent.folder, name.replaceAll(/\W/g, '-'))
  await mkdir(folder)
  await symlink(installed, join(folder, 'node_modules'))
  await writeFile(join(folder, file), code)
  if (file === 'source.mjs') {
    await build({
      absWorkingDir: folder,
      entryPoints: [file],
      outfile: join(folder, 'handler.cjs'),
      bundle: true,
      platform: 'node',
      target: 'node22',
      format: 'cjs',
      logLevel: 'error',
    })
  }
  return folder
}

describe("under AWS's runtime client, with the flags of Lambda's runtime", () => {
  it.each(Object.entries(functions))('%s works', async (name, { file, code }) => {
    const folder = await deploy(name, file, code)
    const variables = { ...local.environment, NODE_OPTIONS: lambdaFlags }
    const { received } = await startCold({ runtime, folder, variables })
    expect(received).toEqual({ characters: 7 })
  })

  it('CommonJS that requires an ES module does not, which is what the others are for', async () => {
    const code = `const middy = require('@middy/core')
exports.handler = async () => typeof middy`
    const folder = await deploy('requires Middy', 'handler.cjs', code)
    const variables = { NODE_OPTIONS: lambdaFlags }
    await expect(startCold({ runtime, folder, variables })).rejects.toThrow()
  })
})
