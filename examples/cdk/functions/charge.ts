// Over the layer: extension() is the source where none is named.
import middy from '@middy/core'
import { pick, withSecrets } from '@secrets-cache/middy'
import { declaredFor } from '../declared.ts'

const { secrets, parameters } = declaredFor(process.env['STAGE'] ?? 'dev')

export const handler = middy(
  withSecrets(
    { secrets: pick(secrets, 'database', 'stripeKey'), parameters },
    async (_event, context) =>
      `charges as ${context.secrets.database.user}, ships with ${context.parameters.carriers.join(' or ')}`,
  ),
)
