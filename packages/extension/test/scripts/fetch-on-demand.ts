// Fetches the secrets named by each line of standard input, and writes what became of them as one line.
import { createInterface } from 'node:readline'
import { extension } from '@secrets-cache/extension'

const layer = extension({ port: Number(process.argv[2]) })

for await (const line of createInterface({ input: process.stdin })) {
  const retries: string[] = []
  const outcomes = await layer.fetch(
    line.split(' ').map((id) => ({ kind: 'secret', id })),
    {
      signal: AbortSignal.timeout(20_000),
      fresh: false,
      onRetry: (_, error) => retries.push(error.code),
      emit: () => {},
    },
  )
  const values = (await Promise.all(outcomes)).map((outcome) =>
    outcome.ok ? outcome.value : outcome.error.code,
  )
  console.log(JSON.stringify({ values, retries }))
}
