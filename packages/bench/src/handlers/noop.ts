// Middy with a before-hook that does nothing: what the others are compared with.
import middy from '@middy/core'
import { received } from './received.ts'

export const handler = middy()
  .use({ before: () => undefined })
  .handler(async () => received({}, {}))
