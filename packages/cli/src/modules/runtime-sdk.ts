import { createRequire, type ResolveFnOutput, type ResolveHookContext } from 'node:module'
import { pathToFileURL } from 'node:url'

/** Packages that Lambda's Node.js runtimes provide: the clients of the AWS SDK and their dependencies. */
const BROUGHT = /^@(aws-sdk|smithy)\/[^/]/

type Resolve = (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput

/** Whether a package was not found that a function on Lambda does not need to bring. */
export const isMissingRuntimeSdk = (specifier: string, error: unknown): boolean => {
  const { code } = error as { readonly code?: unknown }
  return BROUGHT.test(specifier) && typeof code === 'string' && code.endsWith('MODULE_NOT_FOUND')
}

/** Resolves such a package from other places, for `import` and for `require`. */
export const resolveFrom = (
  places: readonly URL[],
  specifier: string,
  context: ResolveHookContext,
  next: Resolve,
): ResolveFnOutput | undefined => {
  // `createRequire` runs the hook again, which calls this function again.
  if (isLooking) return undefined
  isLooking = true
  try {
    return firstOf(places, specifier, context, next)
  } finally {
    isLooking = false
  }
}

let isLooking = false

const firstOf: typeof resolveFrom = (places, specifier, context, next) => {
  for (const place of places) {
    try {
      if (!context.conditions.includes('require'))
        return next(specifier, { ...context, parentURL: place.href })
      return { url: pathToFileURL(createRequire(place).resolve(specifier)).href, shortCircuit: true }
    } catch {}
  }
  return undefined
}

/** The error keeps Node's code, by which other code recognises it. */
export const missingSdk = (specifier: string, cause: unknown): Error => {
  const name = specifier.split('/').slice(0, 2).join('/')
  const message =
    `Cannot find package '${name}': Lambda's runtime brings it, and neither the project nor secrets-cache ` +
    `has it here. npm install --save-dev ${name}`
  return Object.assign(new Error(message), { code: (cause as { code: string }).code })
}
