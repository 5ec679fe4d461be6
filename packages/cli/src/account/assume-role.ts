import { UsageError } from '../usage-error.ts'
import { load } from './load-client.ts'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}

/** The credentials of a role, for an hour. */
export async function assumeRole(arn: string, region: string | undefined): Promise<Credentials> {
  const { AssumeRoleCommand, STSClient } = await load(import('@aws-sdk/client-sts'), '@aws-sdk/client-sts')
  const client = new STSClient({ region: region as string })
  try {
    const answer = await client.send(
      new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: 'secrets-cache' }),
    )
    const { AccessKeyId, SecretAccessKey, SessionToken } = answer.Credentials ?? {}
    if (!AccessKeyId || !SecretAccessKey || !SessionToken)
      throw new UsageError('--role: AWS gave no credentials.')
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  } catch (error) {
    if (error instanceof UsageError) throw error
    // The SDK's error holds credentials of its own.
    throw new UsageError(`--role ${arn}: it cannot be assumed (${(error as Error).name}).`)
  } finally {
    client.destroy()
  }
}
