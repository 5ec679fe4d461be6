import type { Cache } from '../cache/cache.ts'
import type { ParametersDeclaration, SecretsDeclaration } from '../declare/declaration.ts'
import type { Format } from '../declare/declared.ts'
import type { Reference } from '../declare/reference.ts'
import type { ViewName } from '../declare/view-name.ts'
import { type DeclaredKey, declaredKeys } from '../keys/declared-key.ts'
import { isPlainObject } from '../shared/check.ts'
import type { Source } from '../source/source.ts'
import { checkSecretsOptions, type SecretsOptions } from './options.ts'

/** What one key declares. Nothing is fetched to know it, and it holds no value. Times in seconds. */
export interface DeclaredDescription {
  /** `secrets` or `parameters`. */
  readonly view: ViewName
  /** The key in its view: `db` of `secrets.db`. */
  readonly key: string
  /** `secret`, `parameter` or `tree`. */
  readonly kind: Reference['kind']
  /** Name, path or ARN, without a selector. */
  readonly id: string
  /** The staging label of a secret, where one is declared. */
  readonly stage: string | undefined
  /** The VersionId of a secret, where one is declared. */
  readonly versionId: string | undefined
  /** The number of a parameter's version, where one is declared. */
  readonly version: number | undefined
  /** The label of a parameter's version, where one is declared. */
  readonly label: string | undefined
  /** Whether SecureStrings are decrypted; `undefined` for a secret. */
  readonly decrypt: boolean | undefined
  /** Whether a tree takes parameters further down too; `undefined` for others. */
  readonly recursive: boolean | undefined
  /** How what was fetched is read. */
  readonly format: Format
  /** Whether a schema checks and makes the value. */
  readonly hasSchema: boolean
  /** Whether a fallback is declared. */
  readonly optional: boolean
  /** The name of the source, such as `extension` or `firstOf(extension, sdk)`; `undefined` where none is given. */
  readonly source: string | undefined
  /** For how long a value is fresh. */
  readonly maxAge: number
  /** For how long after `maxAge` a value is served at once while a newer one is loaded. */
  readonly staleWhileRevalidate: number
  /** For how long after `maxAge` a value is served when a newer one cannot be had. */
  readonly staleIfError: number
}

/** What is described: the options of a middleware or of `createSecrets`, or only the two declarations of them. */
export interface Describable extends SecretsOptions {
  /** Keys of the view `secrets`. */
  readonly secrets?: SecretsDeclaration | undefined
  /** Keys of the view `parameters`. */
  readonly parameters?: ParametersDeclaration | undefined
}

/**
 * What a declaration needs, a description for each key: for tools, infrastructure code and tests. Nothing is fetched.
 * @throws {ConfigurationError | UnsupportedError} a declaration can never work, as the middleware would say it.
 * @example describeDeclared({ secrets: { db: json('prod/orders/db') } }).map(({ id }) => id)
 */
export function describeDeclared(options: Describable): readonly DeclaredDescription[] {
  const source = (isPlainObject(options) && (options as Describable).source) || noSource
  const given = isPlainObject(options) ? { ...options, source } : options
  checkSecretsOptions('describeDeclared', given, ['secrets', 'parameters'])
  // The cache is asked for an entry at the first read, which never comes.
  const declaring = { source, times: options, cache: undefined as unknown as Cache }
  return [
    ...declaredKeys('secrets', options.secrets, declaring),
    ...declaredKeys('parameters', options.parameters, declaring),
  ].map(describeDeclaredKey)
}

/** The same for a key of a reader. */
export function describeDeclaredKey(key: DeclaredKey): DeclaredDescription {
  const { reference, declared, times, source } = key
  const { maxAge, staleFor, usableFor } = times
  return {
    stage: undefined,
    versionId: undefined,
    version: undefined,
    label: undefined,
    decrypt: undefined,
    recursive: undefined,
    ...reference,
    view: key.view,
    key: key.key,
    format: declared.format,
    hasSchema: declared.schema !== undefined,
    optional: key.fallback !== undefined,
    source: source === noSource ? undefined : source.name,
    maxAge: maxAge / 1_000,
    staleWhileRevalidate: staleFor / 1_000,
    staleIfError: usableFor / 1_000,
  }
}

/** Stands for whatever source a declaration will be read from. */
const noSource: Source = { name: 'none', identity: 'none', fetch: () => [] }
