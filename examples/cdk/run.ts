// Synthesises the stack, as `cdk synth` would, and lets the command line check what came of it.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { OrdersStack } from './stack.ts'

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

const app = new App({ outdir: here('cdk.out') })
const stack = new OrdersStack(app, 'Orders', { stage: 'prod' })
app.synth()

for (const { Properties } of Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))) {
  console.log(Properties.PolicyName.replace(/ServiceRole.*/, ''))
  for (const { Action } of Properties.PolicyDocument.Statement) console.log(`  ${[Action].flat().join(', ')}`)
}

const check = ['check', '--template', here('cdk.out/Orders.template.json')]
const { status } = spawnSync(here('node_modules/.bin/secrets-cache'), check, { stdio: 'inherit' })
process.exitCode = status ?? 1
