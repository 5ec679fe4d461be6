import { TokenError } from '@secrets-cache/core'
import { type AwsCredentials, checkedCredentials, giveCredentials } from './aws-credentials.ts'

/**
 * The credentials that stand in the variables now; `undefined` where neither key does.
 *
 * @throws TokenError where one key stands there without the other
 */
export function fromEnvironment(environment: NodeJS.ProcessEnv): AwsCredentials | undefined {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = environment
  if (!accessKeyId && !secretAccessKey) return undefined
  if (!accessKeyId || !secretAccessKey) {
    const [found, missing] = accessKeyId
      ? ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']
      : ['AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID']
    const reason = `${found} is set and ${missing} is not, and nothing was sent`
    throw new TokenError({ reason, remedy: giveCredentials })
  }
  return checkedCredentials({ accessKeyId, secretAccessKey, sessionToken }, 'the environment')
}
