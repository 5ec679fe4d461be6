import type { Clock } from '@secrets-cache/core/testing'

interface Timer {
  readonly due: number
  /** Of those due together the one that was set first comes first. */
  readonly order: number
  callback: (() => void) | undefined
}

export interface VirtualTime extends Clock {
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Lets time pass until nothing is left to happen. */
  readonly run: () => Promise<void>
}

/** Time for a simulation: it passes when everything that was to happen at one moment has happened. */
export function virtualTime(startAt = 1_700_000_000_000): VirtualTime {
  const heap: Timer[] = []
  let now = startAt
  let order = 0

  const after = (milliseconds: number, callback: () => void) => {
    const timer: Timer = { due: Math.ceil(now + Math.max(0, milliseconds)), order: order++, callback }
    push(heap, timer)
    return () => {
      timer.callback = undefined
    }
  }

  return {
    now: () => now,
    after,
    sleep: (milliseconds) => new Promise((resolve) => void after(milliseconds, resolve)),
    async run() {
      for (let next = pop(heap); next; next = pop(heap)) {
        if (!next.callback) continue
        now = next.due
        next.callback()
        while (heap[0]?.due === now) pop(heap)?.callback?.()
        await settled()
      }
    },
  }
}

/** Everything runs on promises: they have all been served when the loop comes round. */
const settled = () => new Promise<void>((resolve) => void setImmediate(resolve))

const isBefore = (a: Timer, b: Timer) => a.due < b.due || (a.due === b.due && a.order < b.order)

function push(heap: Timer[], timer: Timer): void {
  let index = heap.push(timer) - 1
  while (index > 0) {
    const parent = (index - 1) >> 1
    if (!isBefore(timer, heap[parent] as Timer)) break
    heap[index] = heap[parent] as Timer
    index = parent
  }
  heap[index] = timer
}

function pop(heap: Timer[]): Timer | undefined {
  const [first] = heap
  const last = heap.pop()
  if (!last || heap.length === 0) return first
  let index = 0
  for (;;) {
    const left = 2 * index + 1
    if (left >= heap.length) break
    const right = left + 1
    const child = right < heap.length && isBefore(heap[right] as Timer, heap[left] as Timer) ? right : left
    if (!isBefore(heap[child] as Timer, last)) break
    heap[index] = heap[child] as Timer
    index = child
  }
  heap[index] = last
  return first
}
