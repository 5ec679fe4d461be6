import { afterEach } from '@jest/globals'

const pending: (() => unknown)[] = []

afterEach(async () => {
  for (const close of pending.splice(0)) await close()
})

/** Has something done when the test is over, whatever comes of it. Node 22 has no `await using`. */
export function afterTest(close: () => unknown): void {
  pending.push(close)
}
