// Prints what the function's log would hold: a line of the logger and one of the metrics for each invocation.
import { startLocal } from '@secrets-cache/local'
import values from './values.json' with { type: 'json' }

await using local = await startLocal(values)
Object.assign(process.env, local.environment, { AWS_LAMBDA_FUNCTION_NAME: 'orders' })
const { handler } = await import('./handler.ts')
const context = { awsRequestId: '1', functionName: 'orders', getRemainingTimeInMillis: () => 3_000 }

for (const order of ['cold', 'warm']) await handler({ order }, context as Parameters<typeof handler>[1])
