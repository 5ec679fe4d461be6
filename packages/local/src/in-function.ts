// Not part of the public API: what the process of a function needs, which `@secrets-cache/cli run` starts. Little, because
// it is loaded before the function.
export { CACHE_EVENTS } from './cache-events.ts'
export { forgetSecrets } from './testing/forget-secrets.ts'
export { lambdaContext } from './testing/lambda-context.ts'
