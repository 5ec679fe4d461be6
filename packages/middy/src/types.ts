import type { MiddlewareObj, Request } from '@middy/core'
import type { Declarations, ParametersDeclaration, SecretsDeclaration, ViewsOf } from '@secrets-cache/core'

/**
 * Lambda's context as Middy types it: with a second copy of its types here, TypeScript could not name those of a user's
 * handler in a declaration file.
 */
type Context = Request['context']

/** Lambda's context with the views of what is declared. */
export type ContextWith<Secrets, Parameters> = Context & ViewsOf<Secrets, Parameters>

/**
 * Types a handler that is written before its middleware is applied.
 * @example
 * const declared = { secrets: { db: json<Credentials>('prod/orders/db') } }
 * const orders = async (event: Event, context: SecretsContext<typeof declared>) => query(context.secrets.db)
 * export const handler = middy(orders).use(secretsCache(declared))
 */
export type SecretsContext<Declared extends Declarations<SecretsDeclaration, ParametersDeclaration>> =
  ContextWith<Given<Declared['secrets']>, Given<Declared['parameters']>>

type Given<Declaration> = Declaration extends object ? Declaration : Record<never, never>

/** A Middy middleware that adds the views to the context of the handler. */
export type SecretsMiddleware<Secrets, Parameters> = MiddlewareObj<
  unknown,
  // biome-ignore lint/suspicious/noExplicitAny: Middy's own default; unknown would make every handler return unknown
  any,
  Error,
  ContextWith<Secrets, Parameters>
>
