export type { SdkClient } from './clients.ts'
export type { SdkOptions } from './options.ts'
export { sdk } from './sdk.ts'
