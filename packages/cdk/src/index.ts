export { type AttachOptions, attachExtension } from './attach-extension.ts'
export { type GrantOptions, grantDeclared } from './grant-declared.ts'
export { type SecretsCacheOptions, secretsCacheFor } from './secrets-cache-for.ts'
