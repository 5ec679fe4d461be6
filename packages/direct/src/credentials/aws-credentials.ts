import { TokenError } from '@secrets-cache/core'
import { fieldsOf } from '@secrets-cache/core/internal'

/** Keys of a role or user, as the AWS SDK has them. */
export interface AwsCredentials {
  /** Which key it is; it goes out with each request. */
  readonly accessKeyId: string
  /** The key that signs; it never leaves the process. */
  readonly secretAccessKey: string
  /** What temporary credentials have besides. */
  readonly sessionToken?: string | undefined
  /** When they stop being valid. */
  readonly expiration?: Date | undefined
}

/** As the SDK's own providers take it. */
export interface CredentialsOptions {
  /** Whether what was given last was refused: give newer ones, if there are any. */
  readonly forceRefresh?: boolean
}

/** Gives credentials, whenever they are needed. */
export type GiveCredentials = (options?: CredentialsOptions) => PromiseLike<AwsCredentials> | AwsCredentials

export const giveCredentials =
  'Give the function a role; elsewhere set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, pass direct({ credentials }), ' +
  'or use sdk(), which finds profiles, SSO, web identities and the role of a machine.'

/** Visible ASCII: what a header may hold, and no line feed. */
const sendable = /^[!-~]+$/

/**
 * Credentials as whatever gave them meant them, checked.
 *
 * @throws TokenError, which quotes none of them, where they are incomplete or could not be sent
 */
export function checkedCredentials(given: unknown, from: string): AwsCredentials {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = fieldsOf(given)
  for (const [name, part] of Object.entries({ accessKeyId, secretAccessKey })) {
    if (typeof part !== 'string' || part === '') throw refused(`${from} gave no ${name}`)
  }
  for (const [name, part] of Object.entries({ accessKeyId, secretAccessKey, sessionToken })) {
    if (part === undefined || part === null || part === '') continue
    if (typeof part !== 'string' || !sendable.test(part)) {
      throw refused(`the ${name} from ${from} has characters that no key has`)
    }
  }
  return {
    accessKeyId: accessKeyId as string,
    secretAccessKey: secretAccessKey as string,
    sessionToken: (sessionToken as string | undefined) || undefined,
    expiration: dateOf(expiration),
  }
}

function dateOf(given: unknown): Date | undefined {
  const time = given instanceof Date || typeof given === 'string' ? new Date(given).getTime() : Number.NaN
  return Number.isNaN(time) ? undefined : new Date(time)
}

function refused(reason: string): TokenError {
  return new TokenError({
    reason,
    remedy: 'Compare them with what was issued: a line end is often copied with them.',
  })
}
