// Without Middy: `read()` beside a Map's `get`, for the bench of warm reads.

import { createSecrets } from '@secrets-cache/core'
import { extension } from '@secrets-cache/extension'
import { declared, maxAge } from './declared.ts'
import { received } from './received.ts'

const reader = createSecrets({
  source: extension(),
  ...declared,
  maxAge,
  timeoutMilliseconds: 10_000,
})

/** Synchronous while all is fresh. */
export const read = () => reader.read()

export const handler = async () => {
  const views = await reader.read()
  return received(views.secrets, views.parameters)
}
