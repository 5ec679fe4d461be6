export function isThenable(candidate: unknown): candidate is PromiseLike<unknown> {
  return typeof (Object(candidate) as { readonly then?: unknown }).then === 'function'
}

/**
 * A foreign thenable as a promise. Where its `then` is an async function that throws, it returns a promise that rejects.
 * Nobody would hear that one, which ends the process, so its rejection counts as the answer.
 */
export function promiseOf<Value>(thenable: PromiseLike<Value>): Promise<Value> {
  if (thenable instanceof Promise) return thenable
  return new Promise((resolve, reject) => {
    const returned: unknown = thenable.then(resolve, reject)
    if (isThenable(returned)) returned.then(undefined, reject)
  })
}
