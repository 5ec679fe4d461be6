// Runs the article's function before and after, each as Lambda does, and prints their traces side by side.
import { deepStrictEqual } from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startLocal } from '@secrets-cache/local'
import type { Call, Report } from './lambda.ts'
import values from './values.json' with { type: 'json' }

const awsMilliseconds = 40
const invocations = ['cold', 'warm', 'warm']

/** One function's life: INIT, in which the layer is not ready yet, a cold invocation, warm ones. */
async function live(handler: string) {
  await using local = await startLocal(values)
  local.faults.slow(awsMilliseconds, { at: 'aws' })
  local.faults.notReady()
  const lambda = fork(fileURLToPath(new URL('lambda.ts', import.meta.url)), [handler], {
    env: { ...process.env, ...local.environment },
  })
  try {
    const [{ initMilliseconds }] = (await once(lambda, 'message')) as [{ initMilliseconds: number }]
    local.faults.ready()
    const reports: Report[] = []
    for (const _ of invocations) {
      lambda.send('invoke')
      reports.push(((await once(lambda, 'message')) as [Report])[0])
    }
    return { initMilliseconds, reports }
  } finally {
    lambda.disconnect()
  }
}

const before = await live('./before.ts')
const after = await live('./after.ts')
deepStrictEqual(
  after.reports.map(({ answer }) => answer),
  before.reports.map(({ answer }) => answer),
)

const column = 54
const row = (name: string, left: string, right: string) =>
  console.log(`${name.padEnd(8)}${left.padEnd(column)}${right}`.trimEnd())
const milliseconds = (time: number) => `${time.toFixed(time < 10 ? 2 : 0)} ms`.padEnd(10)
const told = (call: Call | undefined) =>
  call ? `  at ${call.at.toFixed(0)} ms  ${call.what}  ${milliseconds(call.milliseconds)}` : ''

row('', 'before: the AWS SDK, in each invocation', 'after: secretsCache, over the layer')
row('INIT', milliseconds(before.initMilliseconds), milliseconds(after.initMilliseconds))
for (const [index, name] of invocations.entries()) {
  const [left, right] = [before.reports[index] as Report, after.reports[index] as Report]
  row(name, milliseconds(left.milliseconds), milliseconds(right.milliseconds))
  const most = Math.max(left.calls.length, right.calls.length)
  for (let call = 0; call < most; call++) row('', told(left.calls[call]), told(right.calls[call]))
}
console.log(
  `\nThe answers are the same. AWS is pretended to take ${awsMilliseconds} ms; the article saw 2.046 s`,
)
console.log('for the cold and 0.24 s for the warm invocation before.')
