import type { Before } from './retry-policy.ts'

/** Remembers which requests were answered with a value. */
export interface Served {
  readonly add: (path: string) => void
  readonly before: (path: string) => Before
}

/** As many as core keeps of the names that are known only at run time. */
const most = 1_024

export function createServed(): Served {
  const paths = new Set<string>()
  let hasAnswered = false
  return {
    add(path) {
      hasAnswered = true
      paths.add(path)
      if (paths.size <= most) return
      for (const oldest of paths) {
        paths.delete(oldest)
        return
      }
    },
    before: (path) => ({ hasAnswered, hasServed: paths.has(path) }),
  }
}
