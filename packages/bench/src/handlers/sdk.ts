import { sdk } from '@secrets-cache/sdk'
import { overSdk } from './over-sdk.ts'

export const handler = overSdk(sdk)
