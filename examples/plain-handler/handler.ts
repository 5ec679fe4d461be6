import { createSecrets, json, text } from '@secrets-cache/core'
import { extension } from '@secrets-cache/extension'
import type { Context } from 'aws-lambda'

interface Webhook {
  readonly url: string
  readonly key: string
}

export const declared = {
  secrets: { signing: text('prod/webhooks/signing') },
  parameters: { retries: json<number>('/prod/webhooks/retries') },
}

const source = extension()
const webhooks = createSecrets({ ...declared, source })

export async function handler({ tenant }: { tenant: string }, context: Context) {
  const remaining = { remainingMilliseconds: context.getRemainingTimeInMillis() }
  const { secrets, parameters } = await webhooks.read(remaining)
  // The name is known only now: one secret per tenant. The most recently used ones are kept.
  const webhook = await webhooks.get(json<Webhook>(`prod/webhooks/tenants/${tenant}`), remaining)
  return {
    url: webhook.url,
    isSigned: (secrets.signing + webhook.key).length > 0,
    retries: parameters.retries,
  }
}
