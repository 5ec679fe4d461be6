// Reads as a long-lived process does, and prints the heap in KiB after each of ten equal parts.
import { createSecrets } from '@secrets-cache/core'
import { createCache, fakeClock, memorySource } from '@secrets-cache/core/testing'

const [, , what, count = '0'] = process.argv
const names = Array.from({ length: 50_000 }, (_, index) => `tenant/${index}`)
const source = memorySource({
  secrets: Object.fromEntries(['a', 'b', ...names].map((name) => [name, 'value'])),
})
const clock = fakeClock()
const cache = createCache({ clock })
const maxAge = what === 'never-fresh' ? 0 : what === 'always-fresh' ? Number.POSITIVE_INFINITY : 300
const { read, get } = createSecrets({ source, secrets: { a: 'a', b: 'b' }, cache, maxAge })

const once: Record<string, (index: number) => unknown> = {
  warm: () => read(),
  'never-fresh': () => read(),
  'always-fresh': () => read(),
  // Expires now and then, so that loads come and go too.
  aging: () => {
    clock.advance(10_000)
    return read()
  },
  'one-name': () => get('a'),
  'many-names': (index) => get(names[index % names.length] as string),
}

const part = Number(count) / 10
const heap: number[] = []
for (let index = 0; index < Number(count); index++) {
  await once[what as string]?.(index)
  if ((index + 1) % part > 0) continue
  await new Promise((resolve) => setImmediate(resolve))
  globalThis.gc?.()
  heap.push(Math.round(process.memoryUsage().heapUsed / 1_024))
}
console.log(JSON.stringify({ heap, entries: cache.entries.size(), timers: clock.timers() }))
