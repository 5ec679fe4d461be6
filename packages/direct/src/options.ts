import type { Agent } from 'node:http'
import { checkOptionValues, type OptionCheck } from '@secrets-cache/core/internal'
import type { GiveCredentials } from './credentials/aws-credentials.ts'
import { isRegionName } from './endpoint/region.ts'

/** How AWS is reached. Every field may be left out. */
export interface DirectOptions {
  /** The Region to ask in. An ARN is asked for in the Region that it names. @default AWS_REGION, read at each use */
  readonly region?: string | undefined
  /**
   * Gives the credentials. What `fromNodeProviderChain()` of `@aws-sdk/credential-providers` returns fits. Called for
   * each request; where it gives an `expiration`, not again until shortly before that.
   * @default AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, read for each request; else what
   * AWS_CONTAINER_CREDENTIALS_FULL_URI or AWS_CONTAINER_CREDENTIALS_RELATIVE_URI names
   */
  readonly credentials?: GiveCredentials | undefined
  /** An agent of your own for the requests to AWS, for instance for a proxy. @default one that keeps connections */
  readonly agent?: Agent | undefined
  /** How many requests may run at a time. @default 10 */
  readonly concurrency?: number | undefined
  /** Where the variables are read. @default process.env */
  readonly environment?: NodeJS.ProcessEnv | undefined
}

const isObject = (given: unknown): given is object => typeof given === 'object' && given !== null

const checks: Readonly<Record<string, OptionCheck>> = {
  region: [isRegionName, 'a Region such as "eu-west-1"'],
  credentials: [
    (given) => typeof given === 'function',
    'a function that gives { accessKeyId, secretAccessKey, sessionToken }, such as fromNodeProviderChain()',
  ],
  agent: [
    (given) => typeof (given as Partial<Agent> | null)?.destroy === 'function',
    'an Agent of node:https, or of a package that extends it',
  ],
  concurrency: [(given) => Number.isInteger(given) && Number(given) > 0, 'a whole number from 1 up'],
  environment: [isObject, 'an object of variables, such as process.env'],
}

/** @throws ConfigurationError for a name that is no option, and for a value that is none */
export function checkDirectOptions(options: object): void {
  checkOptionValues('direct()', options, checks)
}
