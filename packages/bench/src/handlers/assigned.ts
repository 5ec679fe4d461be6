// The least that providing values can cost: a before-hook that puts two prepared objects on the context.
import middy from '@middy/core'
import { parameters, secrets } from './declared.ts'
import { received } from './received.ts'

interface Views {
  secrets?: object
  parameters?: object
}

const assign = ({ context }: { context: Views }) => {
  context.secrets = secrets
  context.parameters = parameters
}

export const handler = middy()
  .use({ before: (request) => assign(request as unknown as { context: Views }) })
  .handler(async (_event: object, context: Views) => received(context.secrets, context.parameters))
