// The SDK in each invocation.
import middy from '@middy/core'
import { askAws } from './ask-aws.ts'
import { received } from './received.ts'

export const handler = middy().handler(async () => received(...(await askAws())))
