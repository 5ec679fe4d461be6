import { sdk } from '@secrets-cache/sdk'
// Loaded at INIT and not at the first refresh, because all environments share this machine's processors.
import '@aws-sdk/client-secrets-manager'
import { retriedOver } from './retried.ts'

export const handler = retriedOver(sdk())
