// The handler of examples/rds-mysql, reading from the account of the bench. The SDK is loaded at INIT and not at the
// first refresh, because all environments share this machine's processors.
import '@aws-sdk/client-secrets-manager'
import { secretName } from './query.ts'

Object.assign(process.env, { ENV: 'bench', APP_CONFIG_PATH: 'parameter-0', CREDS_PATH: secretName })
const { handler: example } = await import('../../../../../examples/rds-mysql/handler.ts')

export const handler = async (event: object, context: Parameters<typeof example>[1]) => {
  const answer = await example(event, context)
  return { values: 2, characters: answer.length, at: performance.now() }
}
