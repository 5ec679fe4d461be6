import type { Pauses } from '../pauses.ts'
import type { Add } from './add.ts'
import { faultsInAws } from './in-aws.ts'
import { faultsOnTheWire } from './on-the-wire.ts'
import type { FaultScope, Plan } from './plan.ts'

export interface FaultParts {
  readonly plan: Plan
  readonly pauses: Pauses
  readonly now: () => number
  readonly stopListening: () => Promise<void>
  readonly resumeListening: () => Promise<void>
}

/** Faults on demand: a method for each; what it gives ends it. */
export type Faults = ReturnType<typeof createFaults>

/** The methods of `faults` that a control request may call. */
export const FAULT_NAMES = [
  'notReady',
  'ready',
  'opaque',
  'deny',
  'throttle',
  'fail',
  'emptyPages',
  'slow',
  'hang',
  'drip',
  'truncate',
  'reset',
  'garbage',
  'status',
  'respond',
  'redirect',
  'hugeBody',
  'refuse',
  'accept',
  'clear',
] as const satisfies readonly (keyof Faults)[]

/** The faults, by the names of their methods. */
export type FaultName = (typeof FAULT_NAMES)[number]

/** Faults on demand. Each lasts until it is cleared, or as its scope says. */
export const createFaults = ({ plan, pauses, now, stopListening, resumeListening }: FaultParts) => {
  const add: Add = (fault, scope = {}) => ({ clear: plan.add(fault, scope) })
  let refusals = 0

  return {
    /**
     * The layer answers `not ready to serve traffic, please wait`: for so many milliseconds, requests (`times`), or
     * until `ready()`.
     */
    notReady: (scope: number | FaultScope = {}) =>
      add({ kind: 'notReady' }, typeof scope === 'number' ? { milliseconds: scope } : scope),
    /** Ends `notReady`. */
    ready: () => plan.remove('notReady'),
    /** The layer answers its opaque 400 and asks nobody. */
    opaque: (scope?: FaultScope) => add({ kind: 'opaque' }, scope),
    ...faultsInAws(add, now),
    ...faultsOnTheWire(add),
    /**
     * Stops listening and ends every connection; listens again on the same port after `milliseconds`, or at `accept()`.
     */
    refuse: async ({ milliseconds }: { readonly milliseconds?: number } = {}) => {
      const mine = ++refusals
      await stopListening()
      if (milliseconds === undefined) return
      // The time of an earlier refusal must not end a later one.
      void pauses.wait(milliseconds).then(() => (mine === refusals ? resumeListening() : undefined))
    },
    /** Ends `refuse`. */
    accept: resumeListening,
    /** Removes every fault; resolves once connections are accepted again. */
    clear: async () => {
      plan.clear()
      await resumeListening()
    },
  }
}
