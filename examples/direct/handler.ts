import middy from '@middy/core'
import { direct } from '@secrets-cache/direct'
import { isHttpAuthError, json, list, retryOnRotation, secretsCache } from '@secrets-cache/middy/with-source'
import { type Credentials, charge } from './payments.ts'

export const declared = {
  secrets: { payments: json<Credentials>('prod/orders/payments'), signing: 'prod/orders/signing' },
  parameters: { currencies: list('/prod/orders/currencies') },
}

export const handler = middy<{ readonly currency: string }>()
  .use(secretsCache({ ...declared, source: direct() }))
  .handler(async ({ currency }, { secrets, parameters, getRemainingTimeInMillis }) => {
    if (!parameters.currencies.includes(currency)) return { isCharged: false }
    // Where the key was rotated since, it is fetched once more and tried once more.
    const receipt = await retryOnRotation(secrets, 'payments', (payments) => charge(payments), {
      when: isHttpAuthError,
      remainingMilliseconds: getRemainingTimeInMillis,
    })
    return { isCharged: true, receipt }
  })
