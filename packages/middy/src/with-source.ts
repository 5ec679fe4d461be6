// The names of the other entry for handlers that name their source: nothing here imports extension(), or undici.
export * from './names.ts'
export { parametersCache } from './over-source/parameters-cache.ts'
export { secretsCache } from './over-source/secrets-cache.ts'
export { withSecrets } from './over-source/with-secrets.ts'
