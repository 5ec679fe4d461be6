import { Logger } from '@aws-lambda-powertools/logger'
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware'
import { Tracer } from '@aws-lambda-powertools/tracer'
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware'
import middy from '@middy/core'
import { json, secretsCache } from '@secrets-cache/middy'
import { countIn } from './count-in.ts'

const serviceName = 'orders'
const logger = new Logger({ serviceName })
const metrics = new Metrics({ namespace: 'shop', serviceName })
const tracer = new Tracer({ serviceName })

export const declared = {
  secrets: { db: json<{ user: string }>('prod/orders/db'), stripe: 'prod/stripe/key' },
}

export const handler = middy()
  .use(captureLambdaHandler(tracer))
  .use(injectLambdaContext(logger, { logEvent: true }))
  .use(logMetrics(metrics))
  .use(secretsCache({ ...declared, onEvent: countIn(metrics) }))
  .handler(async (_event, context) => {
    // A view never shows its values, even where all of it is logged.
    logger.info('charging', { secrets: context.secrets, context })
    return { user: context.secrets.db.user }
  })
