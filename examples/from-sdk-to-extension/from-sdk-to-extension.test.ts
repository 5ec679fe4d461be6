import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { type Local, startLocal } from '@secrets-cache/local'
import values from './values.json' with { type: 'json' }

// Each of these starts a process, because instrumentation must be loaded first.
jest.setTimeout(30_000)

const run = promisify(execFile)
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const source = ['--conditions=@secrets-cache/source']

let local: Local
beforeAll(async () => {
  local = await startLocal(values)
})
afterAll(() => local.close())

it('gives the same answer before and after, and shows both traces and no secret', async () => {
  const { stdout, stderr } = await run(process.execPath, [...source, here('run.ts')])

  expect(stdout).toMatch(/^cold .*\n.* AWS GetSecretValue .*layer GET \/secretsmanager\/get/m)
  expect(stdout.match(/AWS GetSecretValue/g)).toHaveLength(3)
  expect(stdout.match(/layer GET/g)).toHaveLength(1)
  expect(stdout).toContain('The answers are the same.')
  expect(stdout + stderr).not.toContain('canary')
})

/** The sources and, where it has been built, what is published, in which undici is bundled. */
const builds = [{ name: 'the source', conditions: source }]
if (existsSync(here('node_modules/@secrets-cache/middy/dist/index.js')))
  builds.push({ name: 'what is published', conditions: [] })

describe.each(builds)('tracing on $name', ({ conditions }) => {
  async function print(script: string, handler: string) {
    const given = [...conditions, here(`tracing/print-${script}.ts`), here(handler)]
    const { stdout } = await run(process.execPath, given, {
      env: { ...process.env, ...local.environment },
    })
    expect(stdout).not.toContain('canary')
    expect(stdout).not.toContain(local.environment['AWS_SESSION_TOKEN'])
    return JSON.parse(stdout)
  }

  it('lets OpenTelemetry see the call of the layer by undici, within the invocation', async () => {
    const spans = await print('opentelemetry', 'after.ts')
    const [call, cold, warm] = spans

    expect(call).toMatchObject({
      library: '@opentelemetry/instrumentation-undici',
      parent: cold.id,
      attributes: { 'url.path': '/secretsmanager/get', 'server.address': '127.0.0.1' },
    })
    expect([cold.name, warm.name, spans.length]).toEqual(['cold', 'warm', 3])
  })

  it('lets X-Ray see it too, given the subscription of tracing/xray.ts', async () => {
    const [cold, warm] = await print('xray', 'after.ts')

    const name = expect.stringMatching(/^127\.0\.0\.1:\d+\/secretsmanager\/get$/)
    expect(cold.subsegments).toEqual([expect.objectContaining({ name, namespace: 'remote' })])
    expect(warm.subsegments).toBeUndefined()
  })

  it('shows the AWS SDK before, in every invocation, to both', async () => {
    const spans = await print('opentelemetry', 'before.ts')
    const names = spans.map(({ name }: { name: string }) => name)
    expect(names).toEqual(['SecretsManager.GetSecretValue', 'cold', 'SecretsManager.GetSecretValue', 'warm'])

    for (const { subsegments } of await print('xray', 'before.ts'))
      expect(subsegments).toEqual([expect.objectContaining({ name: 'SecretsManager', namespace: 'aws' })])
  })
})
