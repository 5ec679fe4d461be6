import type { DeclaredDescription } from '@secrets-cache/core'

/** What the process of a function is told before it imports the handler, as JSON on its standard input. */
export interface ImportRequest {
  readonly file: string
  /** Where Lambda would unpack the code: a folder without a package.json of its own holds CommonJS. */
  readonly codeRoot: string | undefined
  /** The variables whose values are not to be told. */
  readonly variables: readonly string[]
  /** What AWS answered: then the declared values are read too, as the handler would. */
  readonly answers: readonly Answer[] | undefined
  /** Whether the declarations of the modules that it loads are told too. */
  readonly tellsShared: boolean | undefined
}

/** A value as AWS gave it for one reference. It goes to the process of a function and nowhere else. */
export interface Answer {
  /** The `referenceId` of what was asked for. */
  readonly reference: string
  /** Text, or a tree of texts and lists; or bytes as base64. */
  readonly value: { readonly raw: unknown } | { readonly base64: string }
  readonly version: string | undefined
}

/** What one function declares, and how its import went. */
export interface ImportReport {
  readonly readers: readonly DeclaredReader[]
  readonly exports: readonly string[]
  /** What it exports of shared declarations. */
  readonly declarations: readonly SharedDeclaration[]
  /** Other modules of its repository that it loads and that export declarations, if they were asked for. */
  readonly shared: readonly SharedModule[]
  readonly failure: ImportFailure | undefined
  /** How many lines it printed; they are not shown, because they may hold values. */
  readonly printed: number
  /** What it connected to or listened on during its import. */
  readonly sockets: number
  /** Whether its import was repeated from a bundle. */
  readonly bundled: boolean
  readonly results: readonly KeyResult[] | undefined
}

/** A key of an exported declaration. */
export interface SharedDeclaration {
  /** The name of the export. */
  readonly name: string
  readonly key: string
  readonly id: string
}

/** A module with the declarations that it exports. */
export interface SharedModule {
  readonly file: string
  readonly declarations: readonly SharedDeclaration[]
}

/** One middleware, or one `createSecrets`. */
export interface DeclaredReader {
  readonly maker: string
  readonly timeoutMilliseconds: number
  readonly keys: readonly DeclaredKeyReport[]
}

export interface DeclaredKeyReport extends DeclaredDescription {
  /** How old a value may be when the source gives it from a cache in between, in seconds. */
  readonly cachedFor: number
  /** The port on which the layer is asked, where it is. */
  readonly port: number | undefined
}

export interface ImportFailure {
  readonly kind: 'throws' | 'exits' | 'never-ends' | 'syntax' | 'not-found'
  /** Of this library: the key and what to do. */
  readonly code: string | undefined
  readonly cause: string
  /** Where in the function's own files, as `file:line`. */
  readonly at: string | undefined
  /** Variables that its files read and that are not set. */
  readonly missing: readonly string[]
}

/** How one declared key was read. Never a value. */
export interface KeyResult {
  readonly view: string
  readonly key: string
  readonly id: string
  readonly reference: string
  readonly code: string | undefined
  readonly reason: string | undefined
  readonly remedy: string | undefined
}

/** Beside stdin, stdout and stderr. */
export const reportFile = 3
