// One execution environment's life, from its cold start on.
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type Local, startLocal } from '@secrets-cache/local'
import { createSecrets, extension } from '@secrets-cache/middy'
import { sdk } from '@secrets-cache/sdk'
import { startMysql } from './mysql.ts'

let local: Local
let mysql: Awaited<ReturnType<typeof startMysql>>
let invoke: () => Promise<unknown>

const answer = 'DemoApp successfully loaded config blue and connected to RDS database devDB!'

beforeAll(async () => {
  mysql = await startMysql({ user: 'myadmin', password: 'first' })
  local = await startLocal({
    secrets: { 'dev/devDB': mysql.secret('first') },
    parameters: { '/dev/myapp/config': 'blue' },
  })
  Object.assign(process.env, local.environment, {
    ENV: 'dev',
    APP_CONFIG_PATH: 'myapp/config',
    CREDS_PATH: 'dev/devDB',
  })
  // Loads undici and the AWS SDK first: under Jest this takes longer than the handler's timeout.
  for (const source of [extension(), sdk()]) {
    await createSecrets({ source, secrets: { db: 'dev/devDB' }, timeoutMilliseconds: 10_000 }).read()
  }
  await local.reset()

  const { handler } = await import('./handler.ts')
  const context = { getRemainingTimeInMillis: () => 10_000 } as Parameters<typeof handler>[1]
  invoke = () => handler({}, context)
}, 20_000)

afterAll(async () => {
  await mysql[Symbol.asyncDispose]()
  await local.close()
})

it('loads its configuration and its credentials, and connects', async () => {
  await expect(invoke()).resolves.toBe(answer)
  expect(local.calls.layer).toEqual({ secretsmanager: 1, systemsmanager: 1 })
})

it('keeps its pool: the next invocations ask nobody and connect to nobody', async () => {
  for (let invocation = 0; invocation < 5; invocation++) await expect(invoke()).resolves.toBe(answer)
  expect(mysql.logins).toEqual({ accepted: 1, refused: 0 })
  expect(local.calls.total).toBe(2)
})

it('survives a rotation: a refused login fetches the newer password past the layer, once', async () => {
  mysql.setPassword('second')
  local.rotate('dev/devDB', mysql.secret('second'))
  await mysql.disconnectAll()

  await expect(invoke()).resolves.toBe(answer)
  expect(mysql.logins).toEqual({ accepted: 2, refused: 1 })
  expect(local.calls.aws.GetSecretValue).toBe(2)
})

it('waits out the gap in which the old password is dead and the new one not yet stored', async () => {
  mysql.setPassword('third')
  await mysql.disconnectAll()
  const invoked = invoke()
  setTimeout(() => local.rotate('dev/devDB', mysql.secret('third')), 100)

  await expect(invoked).resolves.toBe(answer)
})

it('gives the database’s own error where the password is simply wrong', async () => {
  mysql.setPassword('nobody knows')
  await mysql.disconnectAll()
  const error = await invoke().catch((reason: unknown) => reason)

  expect(error).toMatchObject({ errno: 1045 })
  expect(JSON.stringify(error)).not.toContain('third')
})
