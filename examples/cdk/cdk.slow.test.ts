import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { OrdersStack } from './stack.ts'

// Two bundles, and the CDK, which takes its time where the disk is cold.
jest.setTimeout(300_000)

const run = promisify(execFile)
const cli = fileURLToPath(new URL('node_modules/.bin/secrets-cache', import.meta.url))

describe('the orders stack', () => {
  let outdir: string
  let template: Template
  beforeAll(async () => {
    outdir = await mkdtemp(join(tmpdir(), 'secrets-cache-example-cdk-'))
    const app = new App({ outdir })
    const stack = new OrdersStack(app, 'Orders', { stage: 'prod' })
    app.synth()
    template = Template.fromStack(stack)
  })
  afterAll(() => rm(outdir, { recursive: true, force: true }))

  const actionsOf = (name: string): unknown[] => {
    const policies = Object.entries(template.findResources('AWS::IAM::Policy'))
    const [, policy] = policies.find(([id]) => id.startsWith(name)) ?? []
    return policy?.['Properties'].PolicyDocument.Statement.map(({ Action }: { Action: unknown }) => Action)
  }

  it('grants each function what it declares, and the batch actions to the one over the SDK', () => {
    expect(actionsOf('Charge')).toEqual(['secretsmanager:GetSecretValue', 'ssm:GetParameter'])
    expect(actionsOf('Report')).toEqual(['ssm:GetParameters'])
  })

  it('attaches the layer to the function that asks it', () => {
    const functions = Object.entries(template.findResources('AWS::Lambda::Function'))
    const layers = functions.map(([id, { Properties }]) => [id.slice(0, 6), 'Layers' in Properties])
    expect(layers).toEqual([
      ['Charge', true],
      ['Report', false],
    ])
  })

  it('is as its handlers need it: the check of what was synthesised finds nothing', async () => {
    const given = ['check', '--template', join(outdir, 'Orders.template.json'), '--timeout', '60s', '--json']
    const { stdout } = await run(cli, given).catch((error: { readonly stdout: string }) => error)
    expect(JSON.parse(stdout)).toEqual({ values: [], findings: [] })
  })

  it('lists what the bundles declare, an ES module and a CommonJS one', async () => {
    const given = ['list', '--template', join(outdir, 'Orders.template.json'), '--timeout', '60s', '--json']
    const { stdout } = await run(cli, given)
    const keys = (JSON.parse(stdout) as { function: string; key: string; id: string }[]).map(
      ({ function: name, key, id }) => [name.slice(0, 6), key, id],
    )
    expect(keys).toEqual([
      ['Charge', 'database', 'prod/orders/database'],
      ['Charge', 'stripeKey', 'prod/orders/stripe-key'],
      ['Charge', 'carriers', '/prod/orders/carriers'],
      ['Report', 'carriers', '/prod/orders/carriers'],
    ])
  })
})
