import type { LocalOptions } from './options.ts'
import { type LocalForTests, type TestHooks, useLocal as useLocalWith } from './testing/use-local.ts'

/**
 * One stand-in for the tests of a file; call it at the top. Jest's global hooks start, reset and end it.
 * @param hooks needed when they are not global (`injectGlobals: false`): `import * as hooks from '@jest/globals'`.
 * @example
 * const aws = useLocal({ secrets: { 'prod/stripe/key': 'sk_test' } })
 * it('charges', async () => {
 *   await expect(aws.invoke(handler, { amount: 5 })).resolves.toEqual({ isPaid: true })
 *   expect(aws.calls.upstream).toBe(1)
 * })
 */
export const useLocal = (options: LocalOptions = {}, hooks?: TestHooks): LocalForTests =>
  useLocalWith(options, hooks ?? (globalThis as unknown as TestHooks))

export type { AnyHandler, LambdaContext, LambdaContextOptions, LocalForTests, ResultOf } from './testing.ts'
export { invoke, lambdaContext } from './testing.ts'
