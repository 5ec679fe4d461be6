import type { Service } from '../aws/operations.ts'
import type { LocalRequest, LocalResponse } from '../http.ts'
import { LocalError } from '../local-error.ts'
import { didYouMean } from '../nearest.ts'

/** Which requests a fault applies to; without a scope, to all until `faults.clear()`. */
export interface FaultScope {
  /** Names or ARNs; `prod/*` means every name that begins with `prod/`. */
  readonly ids?: string | readonly string[]
  /** Only so many requests. */
  readonly times?: number
  /** Only for so long, by the stand-in's clock. */
  readonly milliseconds?: number
  /**
   * `layer`: requests to the layer or agent; `aws`: API calls, the layer's own included. Default: requests of clients
   * to either.
   */
  readonly at?: 'layer' | 'aws'
}

/** One union member per kind, so that TypeScript can narrow by it. */
type Plain<Kind> = Kind extends string ? { readonly kind: Kind } : never

/** A fault that the client sees on its connection. */
export type WireFault =
  | Plain<'notReady' | 'opaque' | 'hang' | 'truncate' | 'reset' | 'garbage'>
  | { readonly kind: 'slow'; readonly delay: number }
  | { readonly kind: 'drip'; readonly interval: number }
  | {
      readonly kind: 'respond'
      /** The method of `faults` that was called, and what it was given. */
      readonly name: 'status' | 'respond' | 'redirect' | 'hugeBody'
      readonly detail: string
      readonly answer: (request: LocalRequest) => LocalResponse
    }

/** A fault inside the simulated AWS, for every caller. */
export type BackendFault =
  | { readonly kind: 'deny'; readonly action?: string }
  | { readonly kind: 'fail'; readonly code: string; readonly message: string; readonly perId: boolean }
  | {
      readonly kind: 'throttle'
      readonly service: Service
      readonly perSecond: number
      readonly take: () => boolean
    }
  | { readonly kind: 'emptyPages' }

export type Fault = WireFault | BackendFault

export interface Meeting {
  readonly face: 'layer' | 'aws'
  readonly ids: readonly string[]
  /** An API call made by the layer or agent: only faults placed `at: 'aws'` apply to its connection. */
  readonly upstream?: boolean
}

/** A fault that is active. */
export interface Planned {
  readonly id: number
  readonly fault: Fault
  readonly scope: FaultScope
  /** Milliseconds since 1970 by the stand-in's clock; Infinity without an end. */
  readonly until: number
  /** How many requests it will still meet; Infinity without an end. */
  left: number
  /** How many requests it has met. */
  played: number
}

export type Plan = ReturnType<typeof createPlan>

/** The active faults; `nameOf` gives the same name for a name, its ARN and the name with a selector. */
export const createPlan = (now: () => number, nameOf: (id: string) => string) => {
  let planned: readonly Planned[] = []
  let added = 0

  const remove = (gone: Planned) => {
    planned = planned.filter((entry) => entry !== gone)
  }

  const matchesId = (scope: FaultScope, ids: readonly string[]): boolean => {
    if (scope.ids === undefined) return true
    const wanted = typeof scope.ids === 'string' ? [scope.ids] : scope.ids
    return ids.some((id) => wanted.some((pattern) => isSame(pattern, id)))
  }

  const isSame = (pattern: string, id: string): boolean =>
    pattern.endsWith('*')
      ? id.startsWith(pattern.slice(0, -1)) || nameOf(id).startsWith(pattern.slice(0, -1))
      : pattern === id || nameOf(pattern) === nameOf(id)

  const meets = ({ scope, until }: Planned, { face, ids, upstream }: Meeting): boolean => {
    if (now() >= until) return false
    if (scope.at === undefined ? upstream === true : scope.at !== face) return false
    return matchesId(scope, ids)
  }

  return {
    add: (fault: Fault, scope: FaultScope): (() => void) => {
      checkScope(scope)
      const until = scope.milliseconds === undefined ? Number.POSITIVE_INFINITY : now() + scope.milliseconds
      const left = scope.times ?? Number.POSITIVE_INFINITY
      const entry = { id: ++added, fault, scope, until, left, played: 0 }
      planned = [...planned, entry]
      return () => remove(entry)
    },
    /** The first fault of these kinds that applies to the request; counts it as played. */
    take: <Kind extends Fault['kind']>(
      kinds: readonly Kind[],
      meeting: Meeting,
      only?: (fault: Extract<Fault, { kind: Kind }>) => boolean,
    ) => {
      for (const entry of planned) {
        const fault = entry.fault as Extract<Fault, { kind: Kind }>
        if (!kinds.includes(fault.kind as Kind) || !meets(entry, meeting) || only?.(fault) === false) continue
        entry.left--
        entry.played++
        if (entry.left <= 0) remove(entry)
        return fault
      }
      return undefined
    },
    remove: (kind: Fault['kind']) => {
      planned = planned.filter(({ fault }) => fault.kind !== kind)
    },
    /** Removes one fault by its id; does nothing when it is over. */
    removeOne: (id: number) => {
      planned = planned.filter((entry) => entry.id !== id)
    },
    /** Those that are not over. */
    list: (): readonly Planned[] => planned.filter(({ until }) => now() < until),
    clear: () => {
      planned = []
    },
  }
}

const SCOPE = ['ids', 'times', 'milliseconds', 'at']

const checkScope = (scope: FaultScope): void => {
  for (const name of Object.keys(scope)) {
    if (!SCOPE.includes(name)) refuse(`unknown option "${name}".${didYouMean(name, SCOPE)}`)
  }
  if (![scope.ids ?? []].flat().every((id) => typeof id === 'string'))
    refuse('ids is a name, an ARN, a beginning such as prod/*, or several of them.')
  if (scope.times !== undefined && !(Number.isInteger(scope.times) && scope.times > 0))
    refuse(`times is ${scope.times}; it is a whole number from 1.`)
  if (scope.milliseconds !== undefined && !(scope.milliseconds > 0))
    refuse(`milliseconds is ${scope.milliseconds}; it is a number above 0.`)
  if (scope.at !== undefined && scope.at !== 'layer' && scope.at !== 'aws')
    refuse(`at is "${scope.at}"; it is "layer" or "aws".`)
}

const refuse = (why: string): never => {
  throw new LocalError('INVALID_OPTION', `A fault's scope: ${why}`)
}
