import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import type { OnEvent, SecretsEvent } from '@secrets-cache/middy'

const counted: Partial<Record<SecretsEvent['type'], string>> = {
  hit: 'SecretsCacheHits',
  miss: 'SecretsCacheMisses',
  stale: 'SecretsCacheStale',
  failed: 'SecretsCacheFailedLoads',
  error: 'SecretsCacheErrors',
}

/** Cache metrics in the embedded metric format, from the events: per invocation, one number each. */
export function countIn(metrics: Metrics): OnEvent {
  return (event) => {
    const name = counted[event.type]
    if (name) metrics.addMetric(name, MetricUnit.Count, 1)
    if (event.type === 'loaded')
      metrics.addMetric('SecretsCacheLoadTime', MetricUnit.Milliseconds, event.milliseconds)
  }
}
