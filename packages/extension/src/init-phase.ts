export const onlyFromFirstInvocation =
  'The layer answers from the first invocation on, not during INIT: read inside the handler, not at the top level of ' +
  'its module, or use a source that works there, such as direct(), sdk() or firstOf(extension(), direct()).'

/**
 * Whether it is certain that Lambda still initialises this environment. Version 4 of Lambda's runtime client for
 * Node.js has a store that holds the context of the invocation, and sets the trace id with each invocation. Where a
 * context or a trace id is there, an invocation runs or has run. Where there is no store, as in older runtimes, or where
 * several invocations share the process, nothing is certain and `false` is given.
 */
export function isCertainlyInit(environment: NodeJS.ProcessEnv): boolean {
  const { AWS_LAMBDA_RUNTIME_API, AWS_LAMBDA_MAX_CONCURRENCY, _X_AMZN_TRACE_ID } = environment
  if (!AWS_LAMBDA_RUNTIME_API || AWS_LAMBDA_MAX_CONCURRENCY !== undefined || _X_AMZN_TRACE_ID) return false
  const { InvokeStore } = Object((globalThis as { awslambda?: unknown }).awslambda) as {
    InvokeStore?: { hasContext?: () => boolean }
  }
  return typeof InvokeStore?.hasContext === 'function' && !InvokeStore.hasContext()
}

/** Whether this is a function in Lambda. */
export function isLambda({ AWS_LAMBDA_RUNTIME_API, AWS_LAMBDA_FUNCTION_NAME }: NodeJS.ProcessEnv): boolean {
  return Boolean(AWS_LAMBDA_RUNTIME_API || AWS_LAMBDA_FUNCTION_NAME)
}
