import type { MiddlewareObj, Request } from '@middy/core'
import type { Declarations, ParametersDeclaration, SecretsDeclaration, ViewsOf } from '@secrets-cache/core'

/**
 * Lambda's context as Middy types it: with a second copy of its types here, TypeScript could not name those of a user's
 * handler in a declaration file.
 */
export type LambdaContext = Request['context']

/** Lambda's context with the views of what is declared. */
export type ContextWith<Secrets, Parameters> = LambdaContext & ViewsOf<Secrets, Parameters>

/**
 * The context of a handler that is written before its middleware is applied. That the middleware declares the same is
 * checked by `middy().use(secretsCache(declared)).handler(orders)`; it is not by `middy(orders).use(...)`.
 * @example
 * const declared = { secrets: { db: json<Credentials>('prod/orders/db') } }
 * const orders = async (event: Event, context: SecretsContext<typeof declared>) => query(context.secrets.db)
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

declare const onlyForWithSecrets: unique symbol

/** What Middy gives a handler beside its context. The symbol is for the type checker only: see `SecretsHandler`. */
export interface HandlerOptions {
  /** Aborted shortly before the invocation's time is over. Only Middy gives it. */
  readonly signal?: AbortSignal
  readonly [onlyForWithSecrets]: true
}

/**
 * A handler that is written before `withSecrets` is applied. It compiles with the same declaration, and nowhere else:
 * `middy(orders)` without its secrets is an error.
 * @example
 * const declared = { secrets: { db: json<Credentials>('prod/orders/db') } }
 * export const orders: SecretsHandler<typeof declared, Event> = async (event, { secrets }) => query(secrets.db)
 * export const handler = middy(withSecrets(declared, orders))
 */
export type SecretsHandler<
  Declared extends Declarations<SecretsDeclaration, ParametersDeclaration>,
  Event = unknown,
  Result = unknown,
> = (event: Event, context: SecretsContext<Declared>, options?: HandlerOptions) => Promise<Result>
