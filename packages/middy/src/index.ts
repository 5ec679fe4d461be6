export { type ExtensionOptions, extension } from '@secrets-cache/extension'
export { parametersCache, secretsCache, withSecrets } from './default-source.ts'
export * from './names.ts'

// Over a source that the handler names there is the entry `with-source`, whose bundles have nothing of extension().
// Only in @secrets-cache/core: what the author of a source needs beside `Source` (Outcome, Reference, ...).
