// Runs one warm handler in a process of its own, as often as its parent asks.
import { once } from 'node:events'
import { measured } from '../../report/samples.ts'

export type MeasureRequest =
  | { readonly measure: 'time'; readonly count: number }
  | { readonly measure: 'memory'; readonly count: number }
  | { readonly measure: 'read' | 'map'; readonly count: number }

/** Nanoseconds and bytes per invocation. */
export interface MeasureResult {
  readonly nanoseconds: number
  readonly allocated?: number
  readonly retained?: number
}

type Handler = (event: object, context: object) => Promise<unknown>

const { handler, read } = (await import(process.env['HANDLER'] as string)) as {
  handler: Handler
  read?: () => unknown
}
const event = {}

/** As in Lambda, each invocation has its own context, which knows the remaining time. */
const invoke = () => handler(event, { getRemainingTimeInMillis: () => 30_000 })

/** A round is measured in this many pieces: another process that takes the processor disturbs some, not the median. */
const pieces = 15

const since = (start: bigint) => Number(process.hrtime.bigint() - start)

async function invocations(count: number): Promise<number> {
  const each = Math.ceil(count / pieces)
  const spent: number[] = []
  while (spent.length < pieces) {
    const start = process.hrtime.bigint()
    for (let left = each; left > 0; left--) await invoke()
    spent.push(since(start) / each)
  }
  return measured(spent).median
}

/** How much the heap grows before garbage collection, and how much of that stays after it. */
async function memory(count: number): Promise<MeasureResult> {
  const { gc } = globalThis as { gc?: () => void }
  gc?.()
  const before = process.memoryUsage().heapUsed
  const nanoseconds = await invocations(count)
  const after = process.memoryUsage().heapUsed
  gc?.()
  const left = process.memoryUsage().heapUsed
  return { nanoseconds, allocated: (after - before) / count, retained: (left - before) / count }
}

let kept: unknown

function reads(count: number, readOnce: (number: number) => unknown): number {
  const each = Math.ceil(count / pieces)
  const spent = Array.from({ length: pieces }, () => {
    const start = process.hrtime.bigint()
    for (let left = each; left > 0; left--) kept = readOnce(left)
    return since(start) / each
  })
  return measured(spent).median
}

const keys = Array.from({ length: 15 }, (_, number) => `key${number}`)
const map = new Map(keys.map((key) => [key, key.length]))

async function answer({ measure, count }: MeasureRequest): Promise<MeasureResult> {
  if (measure === 'memory') return memory(count)
  if (measure === 'time') return { nanoseconds: await invocations(count) }
  if (measure === 'map')
    return { nanoseconds: reads(count, (number) => map.get(keys[number % 15] as string)) }
  return { nanoseconds: reads(count, read as () => unknown) }
}

await invoke()
process.on('message', async (request: MeasureRequest) => process.send?.(await answer(request)))
await once(process, 'disconnect')
// Ends now, whatever timers and sockets the handler left. Using `kept` stops V8 from dropping the reads.
process.exit(kept === map ? 1 : 0)
