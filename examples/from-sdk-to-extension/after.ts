import middy from '@middy/core'
import { json, secretsCache } from '@secrets-cache/middy'

type Four = Readonly<Record<`secret-${'one' | 'two' | 'three' | 'four'}`, string>>

export const declared = { secrets: { four: json<Four>('sm-lambda-extension') } }

export const handler = middy()
  .use(secretsCache(declared))
  .handler(async (_event, { secrets: { four } }) => ({
    'secret-one': four['secret-one'],
    'secret-two': four['secret-two'],
    'secret-three': four['secret-three'],
    'secret-four': four['secret-four'],
  }))
