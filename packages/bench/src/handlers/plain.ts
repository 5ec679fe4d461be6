// Without Middy: `read()` beside a Map's `get`, for the bench of warm reads.

import { createSecrets } from '@secrets-cache/core'
import { extension } from '@secrets-cache/extension'
import { maxAge, parameters, secrets } from './declared.ts'
import { received } from './received.ts'

const declared = createSecrets({
  source: extension(),
  secrets,
  parameters,
  maxAge,
  timeoutMilliseconds: 10_000,
})

/** Synchronous while all is fresh. */
export const read = () => declared.read()

export const handler = async () => {
  const views = await declared.read()
  return received(views.secrets, views.parameters)
}
