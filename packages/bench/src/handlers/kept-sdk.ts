// The SDK once, begun at INIT; the values are kept for as long as the environment lives.
import middy from '@middy/core'
import { askAws } from './ask-aws.ts'
import { received } from './received.ts'

const asked = askAws()

export const handler = middy().handler(async () => received(...(await asked)))
