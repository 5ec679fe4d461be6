// One handler, warm, in a process of its own: loops it as often as it is told.
import { once } from 'node:events'
import { measured } from '../../report/samples.ts'

export type Told =
  | { readonly measure: 'time'; readonly count: number }
  | { readonly measure: 'memory'; readonly count: number }
  | { readonly measure: 'read' | 'map'; readonly count: number }

/** Nanoseconds and bytes, for one invocation each. */
export interface Answer {
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

/** As Lambda does it: a context of its own for each invocation, which knows the time that remains. */
const invoke = () => handler(event, { getRemainingTimeInMillis: () => 30_000 })

/** A round is cut into as many pieces: who else has the processor for a while spoils some of them, not the median. */
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

/** The heap's growth before anything is collected, and what is left of it after. */
async function memory(count: number): Promise<Answer> {
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

async function answer({ measure, count }: Told): Promise<Answer> {
  if (measure === 'memory') return memory(count)
  if (measure === 'time') return { nanoseconds: await invocations(count) }
  if (measure === 'map')
    return { nanoseconds: reads(count, (number) => map.get(keys[number % 15] as string)) }
  return { nanoseconds: reads(count, read as () => unknown) }
}

await invoke()
process.on('message', async (told: Told) => process.send?.(await answer(told)))
process.send?.('ready')
await once(process, 'disconnect')
// Not waited for: a handler's timers and sockets. And the last of what was read is used.
process.exit(kept === map ? 1 : 0)
