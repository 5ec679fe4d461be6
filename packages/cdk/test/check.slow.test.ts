import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, jest } from '@jest/globals'
import { json, list } from '@secrets-cache/core'
import { App, Stack } from 'aws-cdk-lib'
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { secretsCacheFor } from '../src/index.ts'

const declared = {
  secrets: { db: json('prod/orders/db'), stripe: 'prod/stripe/key' },
  parameters: { hosts: list('/prod/orders/hosts') },
}

// On a busy machine with a cold disk aws-cdk-lib alone, some thousand files, takes a minute to load. What `check` starts is
// bounded by its --timeout.
jest.setTimeout(300_000)

describe('secrets-cache check --template', () => {
  it('finds nothing in what these constructs make of a function', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'secrets-cache-cdk-'))
    try {
      await writeHandler(folder)
      const app = new App({ outdir: join(folder, 'cdk.out') })
      const stack = new Stack(app, 'Orders')
      const fn = new LambdaFunction(stack, 'Api', {
        runtime: Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: Code.fromAsset(join(folder, 'api')),
        architecture: Architecture.ARM_64,
      })
      const source = { name: 'firstOf(extension, sdk)', identity: 'both', fetch: () => [] }
      secretsCacheFor(fn, { ...declared, source }, { ttlSeconds: 60, port: 4000 })
      app.synth()
      expect(await check(folder)).toEqual({ values: [], findings: [] })
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

/** A handler as it is after bundling: CommonJS, below a package.json that says otherwise. */
async function writeHandler(folder: string): Promise<void> {
  const ours = join(folder, 'node_modules/@secrets-cache')
  await mkdir(ours, { recursive: true })
  for (const name of ['core', 'extension', 'sdk']) {
    await symlink(fileURLToPath(new URL(`../../${name}`, import.meta.url)), join(ours, name))
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await mkdir(join(folder, 'api'))
  await writeFile(
    join(folder, 'api/index.js'),
    `const { createSecrets, firstOf, json, list } = require('@secrets-cache/core')
const { extension } = require('@secrets-cache/extension')
const { sdk } = require('@secrets-cache/sdk')
const reader = createSecrets({
  source: firstOf(extension(), sdk()),
  secrets: { db: json('prod/orders/db'), stripe: 'prod/stripe/key' },
  parameters: { hosts: list('/prod/orders/hosts') },
})
exports.handler = () => reader.read()
`,
  )
}

async function check(folder: string): Promise<unknown> {
  const cli = fileURLToPath(new URL('../../cli/src/cli.ts', import.meta.url))
  const flags = ['--conditions=@secrets-cache/source', '--disable-warning=ExperimentalWarning']
  const template = join(folder, 'cdk.out/Orders.template.json')
  const given = ['check', '--template', template, '--timeout', '60s', '--json']
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, cli, ...given], {
    timeout: 240_000,
  }).catch((error: { readonly stdout: string }) => error)
  return JSON.parse(stdout)
}
