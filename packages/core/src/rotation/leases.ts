import { type HiddenMap, hiddenMap } from '../shared/hidden-map.ts'
import { perThread } from '../shared/per-thread.ts'
import { type Leasing, leasingName } from '../view/leasing.ts'
import { loansOf } from '../view/loans.ts'
import { viewRecord } from '../view/view-record.ts'

interface Leases extends Leasing {
  /** How many invocations and runs use a result now. */
  readonly uses: HiddenMap<object, number>
  /** Called whenever a result is no longer used. */
  readonly onUnused: Set<() => void>
  readonly collected: FinalizationRegistry<() => void>
}

const leases = /* @__PURE__ */ perThread(leasingName, createLeases)

function createLeases(): Leases {
  const uses: Leases['uses'] = hiddenMap()
  const onUnused: Leases['onUnused'] = new Set()
  return {
    uses,
    onUnused,
    collected: new FinalizationRegistry((release) => release()),
    isActive: () => onUnused.size > 0,
    leaseViews(views) {
      const results = views.flatMap((view) => (viewRecord(view)?.handles ?? []).map(({ result }) => result))
      for (const result of results) uses.set(result, (uses.get(result) ?? 0) + 1)
      let isHeld = true
      return () => {
        if (!isHeld) return
        isHeld = false
        for (const result of results) uses.set(result, (uses.get(result) as number) - 1)
        for (const callback of [...onUnused]) callback()
      }
    },
  }
}

export const leaseViews: Leasing['leaseViews'] = (views) => leases().leaseViews(views)

export function isInUse(result: object): boolean {
  return (leases().uses.get(result) ?? 0) > 0
}

/** Calls back whenever some result falls out of use. */
export function whenUnused(callback: () => void): void {
  leases().onUnused.add(callback)
}

/**
 * Leases a lent view for the invocations that borrowed it: until the last of them has ended, or until nobody has the
 * view any more, because an invocation may never tell its end.
 */
export function leaseLentView(lent: object): void {
  for (const loan of loansOf(lent)) {
    const view = loan.view.deref()
    if (!view || loan.borrowers === 0 || loan.release) continue
    loan.release = leaseViews([view])
    leases().collected.register(view, loan.release)
  }
}
