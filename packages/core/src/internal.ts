// Not part of the public API: what the other packages of this repository need, in the same version.
export { createReader, type KeyedReader, type ReaderOptions } from './read/create-reader.ts'
export type { DeclaredKey } from './read/declared-key.ts'
export { isSameDeclaration } from './read/is-same-declaration.ts'
export type { Nothing } from './read/secrets-reader.ts'
export { checkOptionValues, type OptionCheck } from './shared/check.ts'
export { type KeyHandle, type ViewRecord, viewRecord } from './view/key-handle.ts'
export { type Borrow, isLeasing, leaseViews, lendViews } from './view/lease.ts'
export { mergeViews } from './view/view.ts'
