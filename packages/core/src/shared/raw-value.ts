/**
 * What was fetched, before any declaration reads it: text (a SecretString, String or SecureString), bytes
 * (a SecretBinary), a StringList, or a tree of parameters by the name below its path.
 */
export type RawValue = string | Uint8Array | readonly string[] | { readonly [name: string]: RawLeaf }

/** A parameter in a tree. */
export type RawLeaf = string | readonly string[]
