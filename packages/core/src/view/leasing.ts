import { ifShared } from '../shared/per-thread.ts'

/** Says which views are in use, so that what is derived from them is not disposed of. Made by the first `derive`. */
export interface Leasing {
  /** Whether anything is derived at all: until then nobody needs to say what is in use. */
  readonly isActive: () => boolean
  /** Says that all that these views show is in use, until the function it returns is called. */
  readonly leaseViews: (views: readonly object[]) => () => void
}

export const leasingName = 'leases/3'

const sharedLeasing = /* @__PURE__ */ ifShared<Leasing>(leasingName)

/** The leasing of this thread, while something is derived: reached by name, so that its code is not in every bundle. */
export function activeLeasing(): Leasing | undefined {
  const leasing = sharedLeasing()
  return leasing?.isActive() ? leasing : undefined
}
