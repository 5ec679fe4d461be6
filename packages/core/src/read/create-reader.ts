import type { Cache } from '../cache/cache.ts'
import { sharedCache } from '../cache/shared-cache.ts'
import type { ParametersDeclaration, SecretsDeclaration } from '../declare/declaration.ts'
import { ConfigurationError } from '../errors/index.ts'
import { type DeclaredKey, type Declaring, declaredKeys } from '../keys/declared-key.ts'
import type { ReaderContext } from '../keys/key-handle.ts'
import { waitTime } from '../keys/wait-time.ts'
import { emitterFor } from '../shared/events.ts'
import type { Source } from '../source/source.ts'
import { collect } from './collect.ts'
import { viewsMaker } from './make-views.ts'
import { checkSecretsOptions, type Declarable, defaultTimeoutMilliseconds } from './options.ts'
import { preparedViews } from './prepared-views.ts'
import { openedRegistry } from './registry.ts'
import type { Declarations, ReaderOf, ReadOptions, ViewsOf } from './secrets-reader.ts'

export interface ReaderOptions {
  /** The views this reader can declare. @default both */
  readonly declarable?: Declarable
  /** Whether it may declare nothing: then it is for `get` only. @default false */
  readonly mayBeEmpty?: boolean
}

/** What every reader is made of. Internal only: printing it would show values through its keys. */
export interface Reader<Secrets, Parameters> {
  readonly read: ReaderOf<Secrets, Parameters>['read']
  readonly peek: ReaderOf<Secrets, Parameters>['peek']
  readonly keys: readonly DeclaredKey[]
  readonly context: ReaderContext
  readonly declaring: Declaring
}

/** The reader behind `createSecrets` and the middlewares. `where`: the function's name in errors, `secretsCache` say. */
export function createReader<Secrets extends SecretsDeclaration, Parameters extends ParametersDeclaration>(
  where: string,
  options: Declarations<Secrets, Parameters>,
  { declarable = ['secrets', 'parameters'], mayBeEmpty = false }: ReaderOptions = {},
): Reader<Secrets, Parameters> {
  type Read = ViewsOf<Secrets, Parameters>
  checkSecretsOptions(where, options, declarable)
  const cache: Cache = options.cache ?? sharedCache()
  const source = options.source as Source
  const declaring: Declaring = { source, times: options, cache }
  const keys = [
    ...declaredKeys('secrets', options.secrets, declaring),
    ...declaredKeys('parameters', options.parameters, declaring),
  ]
  if (keys.length === 0 && !mayBeEmpty) throw nothingDeclared(where)
  const context: ReaderContext = {
    cache,
    emit: emitterFor(options.onEvent),
    timeoutMilliseconds: options.timeoutMilliseconds ?? defaultTimeoutMilliseconds,
  }
  const prepared = preparedViews(keys, viewsMaker(keys, context), context, options.onEvent)

  function read({ remainingMilliseconds }: ReadOptions = {}): Read | Promise<Read> {
    const ready = prepared.peek()
    if (ready) return ready as Read
    const time = waitTime(context.timeoutMilliseconds, remainingMilliseconds, cache.limits)
    const served = collect(keys, cache, context.emit, time)
    return (served instanceof Promise ? served.then(prepared.prepare) : prepared.prepare(served)) as
      | Read
      | Promise<Read>
  }

  const registry = openedRegistry()
  if (!registry && options.prefetch !== false) source.warmUp?.()
  if (registry) registry.push({ maker: where, keys, context })
  else if (options.prefetch !== false && source.duringInit !== false && keys.length > 0) {
    cache.prefetch(
      source,
      keys.map(({ entry }) => entry),
      context.emit,
    )
  }

  return { read, peek: () => prepared.peek() as Read | undefined, keys, context, declaring }
}

function nothingDeclared(where: string): ConfigurationError {
  return new ConfigurationError({
    reason: `${where}: neither secrets nor parameters are declared`,
    remedy: "Declare what is needed: { secrets: { db: 'prod/orders/db' } }.",
  })
}
