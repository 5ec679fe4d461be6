// As the documentation advises: the entry of one service where the function needs no other.
import { sdk } from '@secrets-cache/sdk/static'
import { sdk as secretsOnly } from '@secrets-cache/sdk/static/secrets-manager'
import { overAws } from './over-aws.ts'

export const handler = overAws(process.env['PARAMETERS'] === '0' ? secretsOnly() : sdk())
