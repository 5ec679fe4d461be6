import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { canaryToken } from '../canary.ts'
import { startBackend } from './backend.ts'
import type { Figures } from './figures.ts'
import { handlers, type Invoke, ids, oldestAllowed } from './handlers.ts'
import { heapNow, type Sample, slopeOf } from './heap.ts'
import { createLedger } from './ledger.ts'
import { storm } from './storm.ts'
import { createTally } from './tally.ts'

export interface SoakOptions {
  readonly milliseconds: number
  readonly seed: number
  readonly onProgress?: (invocations: number, secondsLeft: number) => void
}

/** After this many invocations the event loop gets a turn; without it, no answer would be read. */
const invocationsPerTurn = 100

/** An invocation that has not ended by then hangs: timeoutMilliseconds is far less. */
const hangMilliseconds = 30_000

/** Invokes at full speed while everything goes wrong behind it, and counts what came of it. */
export async function soak({ milliseconds, seed, onProgress = () => {} }: SoakOptions): Promise<Figures> {
  const ledger = createLedger(ids)
  const backend = await startBackend(new Map(ids.map((id) => [id, ledger.newest(id)])))
  Object.assign(process.env, backend.environment, {
    AWS_SESSION_TOKEN: canaryToken,
    AWS_EC2_METADATA_DISABLED: 'true',
  })
  const { errors, never, counts, invoke: invokeOnce } = createTally(ledger)
  const events = countEvents(['load', 'stale'])
  const onUnheard = () => void never['unhandled rejections']++
  process.on('unhandledRejection', onUnheard)

  async function invokeUntil(invoke: Invoke, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      // Some invocations run at the same time, as on Managed Instances.
      await Promise.all(Array.from({ length: 20 }, () => invokeOnce(invoke)))
      for (let turn = 0; turn < invocationsPerTurn && !isOver(); turn++) await invokeOnce(invoke)
      await setImmediate()
    }
  }

  const startedAt = Date.now()
  const until = startedAt + milliseconds
  let isStormOver = false
  const samples: Sample[] = []
  const timer = setInterval(
    () => {
      samples.push(heapNow(startedAt))
      onProgress(counts.invocations, Math.max(0, (until - Date.now()) / 1_000))
    },
    Math.max(500, milliseconds / 60),
  )
  try {
    const invokes = Object.values(handlers())
    // The handlers are warm when the first rotation comes.
    for (const invoke of invokes) await untilNewest(invoke)
    const loops = invokes.map((invoke) => invokeUntil(invoke, () => isStormOver))
    const happened = await storm(backend, ledger, ids, seed, until)
    isStormOver = true
    never.hangs += await hung(loops)
    clearInterval(timer)
    const seconds = (Date.now() - startedAt) / 1_000
    const last = heapNow(startedAt)
    const calmAt = Date.now()
    for (const invoke of invokes) await untilNewest(invoke)
    return {
      seed,
      seconds,
      ...happened,
      invocations: counts.invocations,
      loads: events.count('load'),
      stale: events.count('stale'),
      oldest: counts.oldestMilliseconds / 1_000,
      oldestAllowed,
      errors,
      never,
      heapSlope: slopeOf([...samples, last]),
      heapBytes: last.bytes,
      recovery: (Date.now() - calmAt) / 1_000,
    }
  } finally {
    clearInterval(timer)
    events.end()
    process.off('unhandledRejection', onUnheard)
    backend.close()
  }

  /** Invokes until only the newest values are served: every pause after a failure must end. */
  async function untilNewest(invoke: Invoke): Promise<void> {
    for (;;) {
      const values = await invoke().catch(() => [])
      if (ids.every((id, index) => values[index] === ledger.newest(id))) return
      await sleep(20)
    }
  }
}

/** How many of these loops have not ended long after they should have. */
async function hung(loops: readonly Promise<void>[]): Promise<number> {
  let running = loops.length
  for (const loop of loops) void loop.then(() => running--)
  const controller = new AbortController()
  const late = sleep(hangMilliseconds, undefined, { signal: controller.signal }).catch(() => {})
  await Promise.race([Promise.all(loops), late])
  controller.abort()
  return running
}

/** Counts by diagnostics channels and not by onEvent, as a listener for hits would slow down every warm read. */
function countEvents(types: readonly string[]) {
  const counted = types.map((type) => {
    const one = { type, count: 0, add: () => void one.count++ }
    subscribe(`secrets-cache:${type}`, one.add)
    return one
  })
  return {
    count: (type: string) => counted.find((one) => one.type === type)?.count ?? 0,
    end: () => {
      for (const { type, add } of counted) unsubscribe(`secrets-cache:${type}`, add)
    },
  }
}
