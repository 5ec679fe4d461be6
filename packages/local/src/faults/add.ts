import type { Fault, FaultScope } from './plan.ts'

/** Removes one fault; the others stay. */
export interface Playing {
  readonly clear: () => void
}

export type Add = (fault: Fault, scope?: FaultScope) => Playing
