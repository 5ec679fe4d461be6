import { type HiddenMap, hiddenMap } from '../shared/hidden-map.ts'
import { perThread } from '../shared/per-thread.ts'
import { viewRecord } from './key-handle.ts'

/** A value, read in one way, from which something was derived (see KeyHandle). */
type Content = object

/** The invocations that got one view without a lease, because nothing was derived yet. */
interface Loan {
  readonly view: WeakRef<object>
  /** How many of them run. */
  borrowers: number
  /** Ends the lease that stands for all of them. */
  release: (() => void) | undefined
}

interface Leases {
  /** How many invocations and runs use a content now. */
  readonly uses: HiddenMap<Content, number>
  /** Called whenever a content is no longer used. */
  readonly onUnused: Set<() => void>
  /** The loans of views that invocations got before anything was derived. */
  readonly loans: HiddenMap<object, readonly Loan[]>
  readonly collected: FinalizationRegistry<() => void>
}

const leases = perThread(
  'leases/2',
  (): Leases => ({
    uses: hiddenMap(),
    onUnused: new Set(),
    loans: hiddenMap(),
    collected: new FinalizationRegistry((release) => release()),
  }),
)

/** Whether anything is derived at all: until then nobody needs to say what is in use. */
export function isLeasing(): boolean {
  return leases().onUnused.size > 0
}

export function isInUse(content: Content): boolean {
  return (leases().uses.get(content) ?? 0) > 0
}

/** Calls back whenever some content falls out of use. */
export function whenUnused(callback: () => void): void {
  leases().onUnused.add(callback)
}

/** Says that all that these views show is in use, until the function it returns is called. */
export function leaseViews(views: readonly object[]): () => void {
  const { uses, onUnused } = leases()
  const contents = views.flatMap((view) => viewRecord(view)?.contents() ?? [])
  for (const content of contents) uses.set(content, (uses.get(content) ?? 0) + 1)
  let isHeld = true
  return () => {
    if (!isHeld) return
    isHeld = false
    for (const content of contents) uses.set(content, (uses.get(content) as number) - 1)
    for (const callback of [...onUnused]) callback()
  }
}

/** Counts an invocation that gets these views without a lease, until the function it returns is called. */
export type Borrow = () => () => void

/** Lends views while nothing is derived: then counting who has them is enough. */
export function lendViews(views: readonly object[]): Borrow {
  const { loans } = leases()
  const own = views.flatMap((view) => {
    const known = loans.get(view) ?? [{ view: new WeakRef(view), borrowers: 0, release: undefined }]
    loans.set(view, known)
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
  const { loans } = leases()
  loans.set(
    view,
    originals.flatMap((original) => loans.get(original) ?? []),
  )
}

/**
 * Leases a lent view for the invocations that borrowed it: until the last of them has ended, or until nobody has the
 * view any more, because an invocation may never tell its end.
 */
export function leaseLentView(lent: object): void {
  const { loans, collected } = leases()
  for (const loan of loans.get(lent) ?? []) {
    const view = loan.view.deref()
    if (!view || loan.borrowers === 0 || loan.release) continue
    loan.release = leaseViews([view])
    collected.register(view, loan.release)
  }
}
