import { sdk } from '@secrets-cache/sdk/static'
import { overSdk } from './over-sdk.ts'

export const handler = overSdk(sdk)
