// The floor of having values: a before-hook that puts two objects on the context, for ever.
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
