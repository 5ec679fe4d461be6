import type { ParametersDeclaration, SecretsDeclaration, ValueOf } from '../declare/declaration.ts'
import type { Declared } from '../declare/declared.ts'
import type { ViewName } from '../declare/view-name.ts'
import type { Description } from './describe.ts'
import type { SecretsOptions } from './options.ts'

/** What is declared, and the options for reading it. */
export interface Declarations<
  Secrets extends SecretsDeclaration = Record<never, never>,
  Parameters extends ParametersDeclaration = Record<never, never>,
> extends SecretsOptions {
  /** Keys of the view `secrets`, each with a name or with what `text`, `json` or `binary` makes of one. */
  readonly secrets?: Secrets | undefined
  /** Keys of the view `parameters`, each with a name or with what `text`, `json`, `list` or `tree` makes of one. */
  readonly parameters?: Parameters | undefined
}

/**
 * The views that declarations give: only those that are declared. Written out, so that a hover over `context.secrets`
 * shows the keys and their values.
 */
export type ViewsOf<Secrets, Parameters> = {
  readonly [View in
    | (keyof Secrets extends never ? never : 'secrets')
    | (keyof Parameters extends never ? never : 'parameters')]: View extends 'secrets'
    ? { readonly [Key in keyof Secrets]: ValueOf<Secrets[Key]> }
    : { readonly [Key in keyof Parameters]: ValueOf<Parameters[Key]> }
}

/** Options of one read. */
export interface ReadOptions {
  /** What is left of the invocation: no wait is longer than that, less a margin. Ignored where it is not finite. */
  readonly remainingMilliseconds?: number | undefined
}

/** Options of `get`. */
export interface GetOptions extends ReadOptions {
  /** Which service the name is of. @default 'secrets'; 'parameters' for `list` and `tree` */
  readonly from?: ViewName | undefined
}

/** Declared secrets and parameters, kept as fresh as declared. */
export interface SecretsReader<Read, Key extends string> {
  /**
   * A snapshot of all that is declared: at once while all of it is fresh, else as a promise.
   * @throws {SecretsCacheError} what could not be had: one key's error, or a `SeveralError` that names them all.
   */
  readonly read: (options?: ReadOptions) => Read | Promise<Read>
  /** What `read` would give at once; `undefined` where the entries must be looked at, or a load awaited. */
  readonly peek: () => Read | undefined
  /** A value whose name is known only at run time, one per tenant say; the 1,024 used last are kept. */
  readonly get: <Value = string>(reference: string | Declared<Value>, options?: GetOptions) => Promise<Value>
  /** Loads a declared key anew, past every cache, whatever its age and the backoff. */
  readonly refresh: (key: Key, options?: ReadOptions) => Promise<void>
  /** What is declared, from where, and how old each value can get at worst. */
  readonly describe: () => readonly Description[]
  /** Forgets every value of the cache, also those of others who share it. */
  readonly clear: () => void
}

export type ReaderOf<Secrets, Parameters> = SecretsReader<
  ViewsOf<Secrets, Parameters>,
  (keyof Secrets | keyof Parameters) & string
>
