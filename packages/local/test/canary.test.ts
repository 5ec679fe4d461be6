import { inspect } from 'node:util'
import {
  BatchGetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { describe, expect, it } from '@jest/globals'
import { connectLocal, describeCall, startLocal } from '../src/index.ts'
import { ask, askLayer } from './ask.ts'

const CANARY = 'canary-c1f7e0'

/** Every place the stand-in writes to, filled by requests of every kind, good and bad. */
describe('a value', () => {
  it('is in no log line, call list, error or answer of the control path', async () => {
    const said: unknown[] = []
    await using local = await startLocal({
      secrets: { a: CANARY, json: { password: CANARY }, bytes: Buffer.from(CANARY) },
      parameters: { '/p': CANARY, '/s': { type: 'SecureString', value: CANARY }, '/l': [CANARY] },
      environment: { PARAMETERS_SECRETS_EXTENSION_LOG_LEVEL: 'DEBUG' },
      log: (line) => said.push(line),
      onCall: (call) => said.push(describeCall(call), inspect(call)),
    })
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
    const settings = { endpoint: local.url, region: 'eu-west-1', credentials, maxAttempts: 1 }
    const secretsManager = new SecretsManagerClient(settings)
    const parameterStore = new SSMClient(settings)
    const hear = async (answer: Promise<unknown>) =>
      said.push(inspect(await answer.catch((error) => error), { depth: 9 }))

    for (const id of ['a', 'json', 'bytes', 'none'])
      await askLayer(local.url, `/secretsmanager/get?secretId=${id}`)
    for (const name of ['%2Fp', '%2Fs', '%2Fl'])
      await askLayer(local.url, `/systemsmanager/parameters/get?name=${name}`)
    said.push(await askLayer(local.url, '/systemsmanager/parameters/get?name=%2Fs'))

    const tooLong = CANARY.repeat(6000)
    await hear(
      secretsManager
        .send(new PutSecretValueCommand({ SecretId: 'a', SecretString: tooLong }))
        .catch(nameAndMessage),
    )
    await hear(
      parameterStore
        .send(new PutParameterCommand({ Name: '/p', Value: tooLong, Overwrite: true }))
        .catch(nameAndMessage),
    )
    local.faults.deny('*')
    await hear(secretsManager.send(new BatchGetSecretValueCommand({ SecretIdList: ['a', 'json'] })))
    await hear(askLayer(local.url, '/secretsmanager/get?secretId=a&versionStage=x'))

    const client = connectLocal(local.url)
    await hear(client.rotate('a', `${CANARY}2`))
    await hear(client.rotate('/l', [`${CANARY},`]))
    await hear(client.rotate('/p', { [CANARY]: 1 } as never))
    await hear(client.rotate('none', CANARY))
    await hear(client.calls())
    const headers = { 'content-type': 'application/json' }
    await hear(ask(local.url, '/_local/rotate', { method: 'POST', headers, body: `["a", "${CANARY}"` }))
    await hear(startLocal({ parameters: { a: [`${CANARY},`] } }))
    await hear(startLocal({ secrets: { a: tooLong } }))

    expect(said.length).toBeGreaterThan(30)
    expect(inspect(said, { depth: 9, maxArrayLength: null, maxStringLength: null })).not.toContain(CANARY)
    secretsManager.destroy()
    parameterStore.destroy()
  })
})

/** The client's error holds the request it sent; what came from the stand-in is its name and message. */
const nameAndMessage = ({ name, message }: Error) => ({ name, message })
