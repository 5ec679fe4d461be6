import { randomUUID } from 'node:crypto'

/** The second argument of a handler on Lambda: assignable to `Context` of @types/aws-lambda. */
export interface LambdaContext {
  callbackWaitsForEmptyEventLoop: boolean
  functionName: string
  functionVersion: string
  invokedFunctionArn: string
  memoryLimitInMB: string
  awsRequestId: string
  logGroupName: string
  logStreamName: string
  getRemainingTimeInMillis(): number
  /** @deprecated in Lambda's own types. */
  done(): void
  /** @deprecated in Lambda's own types. */
  fail(): void
  /** @deprecated in Lambda's own types. */
  succeed(): void
}

/** What a test decides of a context. */
export interface LambdaContextOptions {
  /**
   * The function's time-out: what `getRemainingTimeInMillis` counts down from, by `Date.now`.
   * @default 3000, as Lambda's
   */
  readonly timeoutMilliseconds?: number
  /** @default 'local-function' */
  readonly functionName?: string
  /** @default a new UUID */
  readonly awsRequestId?: string
}

/**
 * The context of one invocation that starts now.
 * @example lambdaContext({ timeoutMilliseconds: 500 }).getRemainingTimeInMillis()
 */
export const lambdaContext = ({
  timeoutMilliseconds = 3_000,
  functionName = 'local-function',
  awsRequestId = randomUUID(),
}: LambdaContextOptions = {}): LambdaContext => {
  const deadline = Date.now() + timeoutMilliseconds
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`,
    memoryLimitInMB: '128',
    awsRequestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  }
}
