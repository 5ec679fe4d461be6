import type { ParametersDeclaration, SecretsDeclaration } from '../declare/declaration.ts'
import { createReader } from './create-reader.ts'
import { describeKey } from './describe.ts'
import { getValue } from './get-value.ts'
import { refreshKey } from './refresh-key.ts'
import type { Declarations, SecretsReader, ViewsOf } from './secrets-reader.ts'

/**
 * Reads declared secrets and parameters: the engine behind the middlewares, for handlers without Middy and scripts.
 * With nothing declared only `get` is of use: for names that are known only at run time.
 * @throws {ConfigurationError | UnsupportedError} an option or a declaration can never work.
 * @example
 * const orders = createSecrets({ source: extension(), secrets: { db: json<Credentials>('prod/orders/db') } })
 * const { secrets } = await orders.read()
 */
export function createSecrets<
  const Secrets extends SecretsDeclaration = Record<never, never>,
  const Parameters extends ParametersDeclaration = Record<never, never>,
>(
  options: Declarations<Secrets, Parameters>,
): SecretsReader<ViewsOf<Secrets, Parameters>, (keyof Secrets | keyof Parameters) & string> {
  const { read, peek, keys, context, declaring } = createReader('createSecrets', options, {
    mayBeEmpty: true,
  })
  return {
    read,
    peek,
    get: (reference, getOptions) => getValue(reference, getOptions, declaring, context) as Promise<never>,
    refresh: (key, readOptions) => refreshKey(keys, key, readOptions, declaring.source, context),
    describe: () => keys.map((key) => describeKey(key, context.cache)),
    clear: () => context.cache.clear(),
  }
}
