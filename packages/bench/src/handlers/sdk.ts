import { sdk } from '@secrets-cache/sdk'
import { overAws } from './over-aws.ts'

export const handler = overAws(sdk())
