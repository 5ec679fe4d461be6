import { sdk } from '@secrets-cache/sdk/static'
import { overAws } from './over-aws.ts'

export const handler = overAws(sdk())
