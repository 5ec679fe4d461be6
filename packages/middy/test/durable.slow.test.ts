import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { compilerOptions, createUserProject, type UserProject } from './helpers/user-project.ts'

// In a project of its own: with the durable SDK beside it, Middy's types are others.

let project: UserProject

beforeAll(async () => {
  project = await createUserProject([
    '@middy/core@7.9.2',
    '@aws/durable-execution-sdk-js@2.4.0',
    '@aws/durable-execution-sdk-js-testing@1.1.4',
    '@types/aws-lambda@8.10.164',
    '@types/node@24.19.2',
    'typescript@7.0.2',
  ])
  await project.write('handler.ts', handler)
  await project.write('execute.js', execute)
}, 240_000)

afterAll(() => project.remove())

const handler = `
import type { DurableContext } from '@aws/durable-execution-sdk-js'
import middy from '@middy/core'
import { executionModeDurableContext } from '@middy/core/DurableContext'
import { json, secretsCache } from '@secrets-cache/middy'

export const seen: string[] = []

const options = { executionMode: executionModeDurableContext }
export const handler = middy<{ fails?: boolean }, unknown, Error, DurableContext>(options)
  .use(secretsCache({ secrets: { db: json<{ password: string }>('prod/db', { maxAge: 0, staleWhileRevalidate: 0 }) } }))
  .handler(async (event, context) => {
    const { db } = context.secrets
    seen.push(db.password)
    const view = await context.step('view', async () => context.secrets)
    const spread = await context.step('spread', async () => ({ ...context, checkpoint: undefined }))
    const fail = async () => { throw new Error('cannot log in', { cause: { db, context } }) }
    const taken = await context.step('taken out', async () => ({ ...db }))
    await context.step('used', async () => db.password.length)
    if (event.fails) await context.step('fails', fail, { retryStrategy: () => ({ shouldRetry: false }) })
    await context.wait({ seconds: 1 })
    return { view, secrets: spread.secrets, isTakenOutNow: taken.password === db.password }
  })
`

/** Rotates the secret after the first run and whatever follows it; prints what became of the execution. */
const execute = `
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing'
import { startLocal } from '@secrets-cache/local'
const [secret, event] = process.argv.slice(2)
const local = await startLocal({
  secrets: { [secret]: { password: 'canary-1' } },
  environment: { SECRETS_MANAGER_TTL: '0' },
  token: 'canary-token',
})
Object.assign(process.env, local.environment)
const { handler, seen } = await import('./handler.ts')
await LocalDurableTestRunner.setupTestEnvironment({ skipTime: true })
const runner = new LocalDurableTestRunner({
  handlerFunction: async (...given) => {
    const answer = await handler(...given)
    local.rotate(secret, { password: 'canary-' + (seen.length + 1) })
    return answer
  },
})
const execution = await runner.run({ payload: JSON.parse(event) })
const isDone = execution.getStatus() === 'SUCCEEDED'
console.log(JSON.stringify({
  status: execution.getStatus(),
  result: isDone ? execution.getResult() : String(execution.getError().errorMessage),
  seen,
  steps: Object.fromEntries(execution.getOperations().flatMap((operation) =>
    operation.getType() === 'STEP' ? [[operation.getName(), operation.getStepDetails().result]] : [],
  )),
  history: JSON.stringify(execution.getHistoryEvents()),
}))
await LocalDurableTestRunner.teardownTestEnvironment()
await local.close()
// A run that was suspended never ends, and Middy's timer for it lasts as long as the invocation may.
process.exit()
`

async function outcomeOf(secret: string, event: object) {
  const { stdout } = await project.execute(process.execPath, ['execute.js', secret, JSON.stringify(event)])
  return JSON.parse(stdout)
}

describe('a durable function', () => {
  it('compiles', async () => {
    await project.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['handler.ts'] }))
    await expect(project.execute('tsc', [])).resolves.toMatchObject({ stdout: '' })
  })

  it('has the values of the moment at each replay, and its history what a step took out', async () => {
    const { history, ...outcome } = await outcomeOf('prod/db', {})
    const redacted = { db: '[redacted]' }
    expect(outcome).toEqual({
      status: 'SUCCEEDED',
      seen: ['canary-1', 'canary-2'],
      result: { view: redacted, secrets: redacted, isTakenOutNow: false },
      steps: {
        view: redacted,
        spread: expect.objectContaining({ secrets: redacted }),
        'taken out': { password: 'canary-1' },
        used: 8,
      },
    })
    // Once, where the step returned it; neither the token nor the value of the replay.
    expect(history.match(/canary[\w-]*/g)).toEqual(['canary-1'])
  })

  it('keeps a step that fails, and its cause, without a value', async () => {
    const { status, result, history } = await outcomeOf('prod/db', { fails: true })
    expect({ status, result }).toEqual({ status: 'FAILED', result: 'cannot log in' })
    expect(history.match(/canary[\w-]*/g)).toEqual(['canary-1'])
  })

  it('fails before its first step where a secret cannot be had', async () => {
    const { status, result, seen, steps, history } = await outcomeOf('prod/other', {})
    expect({ status, seen, steps }).toEqual({ status: 'FAILED', seen: [], steps: {} })
    expect(result).toContain('prod/db')
    expect(history).not.toContain('canary')
  })
})
