export type { SdkClient } from './clients/services.ts'
export type { SdkOptions } from './options.ts'
export { sdk } from './sdk.ts'
