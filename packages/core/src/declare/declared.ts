import type { Schema } from '../formats/standard-schema.ts'
import type { CacheTimes } from './times.ts'

/** How what was fetched is read. */
export type Format = 'text' | 'json' | 'binary' | 'list' | 'tree'

/** What a secret can be read as. */
export type SecretFormat = 'text' | 'json' | 'binary'

/** What a parameter can be read as. */
export type ParameterFormat = 'text' | 'json' | 'list' | 'tree'

/** Options of one reference; its cache times go before the middleware's. */
export interface ReferenceOptions<Fallback = unknown> extends CacheTimes {
  /** The staging label of a secret. @default 'AWSCURRENT' */
  readonly stage?: string | undefined
  /** The VersionId of a secret. */
  readonly versionId?: string | undefined
  /** The version number of a parameter. */
  readonly version?: number | undefined
  /** The label of a parameter's version. */
  readonly label?: string | undefined
  /** Whether a SecureString is decrypted. @default true */
  readonly decrypt?: boolean | undefined
  /** The value where a source says that there is none; never for a denial, an outage or an opaque refusal. */
  readonly fallback?: Fallback | undefined
}

/** Options of a tree of parameters. */
export interface TreeOptions<Fallback = unknown> extends CacheTimes {
  /** Whether parameters further down are taken too. @default false */
  readonly recursive?: boolean | undefined
  /** Whether SecureStrings are decrypted. @default true */
  readonly decrypt?: boolean | undefined
  /** The value where there is no parameter below the path. */
  readonly fallback?: Fallback | undefined
}

declare const valueType: unique symbol

/** A declared reference: what to fetch and how to read it. Made by `text`, `json`, `binary`, `list` and `tree`. */
export interface Declared<Value, F extends Format = Format> {
  /** How what was fetched is read. */
  readonly format: F
  /** Name, path or ARN. */
  readonly id: string
  /** What checks and makes the value, after it was parsed. */
  readonly schema: Schema<Value> | undefined
  /** As they were given. */
  readonly options: ReferenceOptions & TreeOptions
  /** Only for the type checker. */
  readonly [valueType]?: Value
}
