// Invokes a handler twice, each time in a span of its own, and prints every span that came of it.
import { trace } from '@opentelemetry/api'
import { exporter } from './opentelemetry.ts'

const { handler } = await import(process.argv[2] as string)
for (const name of ['cold', 'warm']) {
  await trace.getTracer('example').startActiveSpan(name, async (span) => {
    await handler({}, { getRemainingTimeInMillis: () => 5_000 })
    span.end()
  })
}
const spans = exporter.getFinishedSpans().map((span) => ({
  name: span.name,
  library: span.instrumentationScope.name,
  id: span.spanContext().spanId,
  parent: span.parentSpanContext?.spanId,
  attributes: span.attributes,
  events: span.events,
  status: span.status,
}))
console.log(JSON.stringify(spans))
