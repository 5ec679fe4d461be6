import {
  type FetchContext,
  isSecretsCacheError,
  type SecretsCacheError,
  TimeoutError,
  TokenError,
} from '@secrets-cache/core'
import { pause } from '@secrets-cache/core/internal'
import {
  type AwsAction,
  type AwsRequest,
  type AwsResult,
  type AwsSession,
  iamAction,
} from '@secrets-cache/core/internal/aws'
import { type AwsCredentials, giveCredentials } from '../credentials/aws-credentials.ts'
import { exchange } from '../http/exchange.ts'
import type { Account, Connection } from './connection.ts'
import { type Failure, failureOfFault, failureOfThrow, retryAfter } from './failure.ts'
import { readAnswer } from './read-answer.ts'
import { createRetryPolicy } from './retry-policy.ts'
import { signedHeaders } from './sign.ts'

/** In milliseconds. A dead connection is noticed early enough for three attempts to fit into the 5 s of a load. */
const patience = { connecting: 1_000, whole: 1_500 }

/** Room for one secret of 64 KiB, or a page of ten parameters, whose every character JSON escapes with six. */
const roomForEach = 1024 * 1024

const noCredentialsYet = { reason: 'the credentials had not been given', remedy: giveCredentials }

const prefixes = { secretsmanager: 'secretsmanager', ssm: 'AmazonSSM' }
const contentType = 'application/x-amz-json-1.1'

/** One service in one Region during one fetch. */
export function createSession(connection: Connection, account: Account, context: FetchContext): AwsSession {
  const { signal, emit } = context
  const { semaphore } = account
  return {
    batches: connection.batches,
    degraded: (reason) => emit('degraded', () => ({ source: 'direct', reason })),
    async call(request) {
      if (!(await semaphore.acquire(signal))) return failed(new TimeoutError())
      try {
        return await askUntilAnswered(request, connection, account, context)
      } catch (thrown) {
        return failed(isSecretsCacheError(thrown) ? thrown : failureOfThrow(thrown))
      } finally {
        semaphore.release()
      }
    },
  }
}

type Attempt = Extract<AwsResult, { ok: true }> | Failure

async function askUntilAnswered<Action extends AwsAction>(
  request: AwsRequest<Action>,
  connection: Connection,
  account: Account,
  context: FetchContext,
): Promise<AwsResult> {
  const { signal, onRetry } = context
  const policy = createRetryPolicy()
  let refused: AwsCredentials | undefined
  // Aborted during a wait, or during the attempt after it: the error is the failure before that wait.
  let awaited: SecretsCacheError | undefined
  for (;;) {
    const credentials = await findCredentials(request, account, context, refused)
    if (!credentials) return failed(awaited ?? new TimeoutError(noCredentialsYet))
    const attempt = await askOnce(request, credentials, connection, account, signal)
    if (attempt.ok) return attempt
    const { error, retry } = attempt
    if (signal.aborted) return failed(awaited ?? error)
    const delay = retry && policy(retry)
    if (delay === undefined) return failed(error)
    for (const reference of request.references) onRetry(reference, error)
    refused = retry === 'refused' ? credentials : undefined
    awaited = delay > 0 ? error : undefined
    if (delay > 0) await pause(delay, signal)
    if (signal.aborted) return failed(error)
  }
}

/** `undefined` where the time was over first: whoever gives them may never do so. */
async function findCredentials(
  { references }: AwsRequest,
  account: Account,
  { signal, onWait }: FetchContext,
  refused: AwsCredentials | undefined,
): Promise<AwsCredentials | undefined> {
  const found = account.findCredentials(refused)
  if (!('then' in found)) return found
  const tell = (error: SecretsCacheError | undefined) => {
    for (const reference of references) onWait?.(reference, error)
  }
  tell(new TokenError(noCredentialsYet))
  const over = Promise.withResolvers<undefined>()
  const end = () => over.resolve(undefined)
  signal.addEventListener('abort', end)
  if (signal.aborted) end()
  try {
    const credentials = await Promise.race([found, over.promise])
    if (credentials) tell(undefined)
    return credentials
  } finally {
    signal.removeEventListener('abort', end)
  }
}

async function askOnce<Action extends AwsAction>(
  request: AwsRequest<Action>,
  credentials: AwsCredentials,
  { endpoint: endpointNow, clock }: Connection,
  { agent }: Account,
  signal: AbortSignal,
): Promise<Attempt> {
  const { service, action, input, references } = request
  const endpoint = endpointNow()
  const { host, path, region } = endpoint
  const body = JSON.stringify(input)
  const target = { 'content-type': contentType, 'x-amz-target': `${prefixes[service]}.${action}` }
  const unsigned = { service, region, host, path, headers: target, body }
  const headers = await signedHeaders(unsigned, credentials, clock.now())
  const most = roomForEach * references.length
  const result = await exchange(
    { ...endpoint, method: 'POST', headers, body, agent },
    { signal, most, patience },
  )
  if ('fault' in result) return failureOfFault(result, endpoint)
  const answer = readAnswer(result, iamAction(request))
  if (answer.ok) return answer
  const retry = retryAfter(answer.error, result.status)
  if (retry === 'refused') clock.correctBy(result.headers.date)
  return { ...answer, retry }
}

function failed(error: SecretsCacheError): AwsResult {
  return { ok: false, error }
}
