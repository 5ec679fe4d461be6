interface LambdaTime {
  readonly getRemainingTimeInMillis?: () => number
}

/** A context that may tell how much time there is. A durable one has Lambda's own inside. */
export type TimedContext = LambdaTime & { readonly lambdaContext?: LambdaTime }

/**
 * What is left of the invocation, in milliseconds. A test's context may not tell, or throw "not implemented": then
 * the middleware's own timeout is the only bound.
 */
export function remainingTime(context: TimedContext): number | undefined {
  try {
    return context.getRemainingTimeInMillis?.() ?? context.lambdaContext?.getRemainingTimeInMillis?.()
  } catch {
    return undefined
  }
}
