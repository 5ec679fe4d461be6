import { type HiddenMap, hiddenMap } from '../shared/hidden-map.ts'
import { perThread } from '../shared/per-thread.ts'

/** The invocations that got one view without a lease, because nothing was derived yet. */
export interface Loan {
  readonly view: WeakRef<object>
  /** How many of them run. */
  borrowers: number
  /** Ends the lease that stands for all of them. */
  release: (() => void) | undefined
}

/** Counts an invocation that gets these views without a lease, until the function it returns is called. */
export type Borrow = () => () => void

const loans = /* @__PURE__ */ perThread('loans/1', (): HiddenMap<object, readonly Loan[]> => hiddenMap())

/** The loans of a view, if it was lent. */
export const loansOf = (view: object): readonly Loan[] => loans().get(view) ?? []

/** Lends views while nothing is derived: then counting who has them is enough. */
export function lendViews(views: readonly object[]): Borrow {
  const own = views.flatMap((view) => {
    const known = loans().get(view) ?? [{ view: new WeakRef(view), borrowers: 0, release: undefined }]
    loans().set(view, known)
    return known
  })
  // One function for all invocations: a warm one makes none.
  const end = () => {
    for (const loan of own) if (--loan.borrowers === 0) loan.release?.()
  }
  return () => {
    for (const loan of own) loan.borrowers++
    return end
  }
}

/** A view that is made of others belongs to the invocations of all of them. */
export function lendTogether(view: object, originals: readonly object[]): void {
  loans().set(view, originals.flatMap(loansOf))
}
