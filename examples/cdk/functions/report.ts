// Over the AWS SDK that Lambda's runtime brings, with no layer.
import middy from '@middy/core'
import { parametersCache } from '@secrets-cache/middy'
import { sdk } from '@secrets-cache/sdk'
import { declaredFor } from '../declared.ts'

const { parameters } = declaredFor(process.env['STAGE'] ?? 'dev')

export const handler = middy()
  .use(parametersCache({ source: sdk(), parameters }))
  .handler(async (_event, context) => `reports on ${context.parameters.carriers.length} carriers`)
