import { PARAMETER_STORE, SECRETS_MANAGER, type Service } from '../aws/operations.ts'
import type { LocalRequest, LocalResponse } from '../http.ts'
import { LocalError } from '../local-error.ts'
import { didYouMean } from '../nearest.ts'
import type { Pauses } from '../pauses.ts'
import type { BackendFault, FaultScope, Plan, WireFault } from './plan.ts'
import { createTokenBucket } from './token-bucket.ts'

/** Takes one fault away again; the others stay. */
export interface Playing {
  readonly clear: () => void
}

export interface ThrottleOptions extends FaultScope {
  /** Reads a second that AWS lets through; Parameter Store's own default is 40. */
  readonly perSecond: number
  /**
   * Reads that may come at once after a pause.
   * @default perSecond
   */
  readonly burst?: number
  /**
   * Whose reads; Parameter Store's three read APIs share one bucket.
   * @default 'ssm'
   */
  readonly service?: Service
}

export interface FaultParts {
  readonly plan: Plan
  readonly pauses: Pauses
  readonly now: () => number
  readonly stopListening: () => Promise<void>
  readonly resumeListening: () => Promise<void>
}

export type Faults = ReturnType<typeof createFaults>

/** Every fault and its end, by name: what a control request may play. */
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

export type FaultName = (typeof FAULT_NAMES)[number]

const ACTIONS: readonly string[] = [
  ...Object.keys(SECRETS_MANAGER).map((name) => `secretsmanager:${name}`),
  ...Object.keys(PARAMETER_STORE).map((name) => `ssm:${name}`),
  'kms:Decrypt',
]

/** Faults on demand. Each lasts until it is cleared, or as its scope says. */
export const createFaults = ({ plan, pauses, now, stopListening, resumeListening }: FaultParts) => {
  const add = (fault: WireFault | BackendFault, scope: FaultScope = {}): Playing => ({
    clear: plan.add(fault, scope),
  })
  let refusals = 0
  const respondWith = (answer: (request: LocalRequest) => LocalResponse, scope?: FaultScope) =>
    add({ kind: 'respond', answer }, scope)

  return {
    /** The layer answers `not ready to serve traffic, please wait`: for so many milliseconds, requests (`times`), or until `ready()`. */
    notReady: (scope: number | FaultScope = {}) =>
      add({ kind: 'notReady' }, typeof scope === 'number' ? { milliseconds: scope } : scope),
    /** Ends `notReady`. */
    ready: () => plan.remove('notReady'),
    /** The layer answers its opaque 400 and asks nobody. */
    opaque: (scope?: FaultScope) => add({ kind: 'opaque' }, scope),
    /** AccessDeniedException for an id (`prod/*` for many), or for an action such as `secretsmanager:BatchGetSecretValue` or `kms:Decrypt`. */
    deny: (idOrAction: string, scope: FaultScope = {}) => {
      if (!/^(secretsmanager|ssm|kms):/.test(idOrAction))
        return add({ kind: 'deny' }, { ids: idOrAction, ...scope })
      if (!ACTIONS.includes(idOrAction))
        throw new LocalError(
          'INVALID_OPTION',
          `faults.deny: unknown action "${idOrAction}".${didYouMean(idOrAction, ACTIONS)}`,
        )
      return add({ kind: 'deny', action: idOrAction }, scope)
    },
    /** A real token bucket over the reads of a service; who finds it empty gets ThrottlingException. */
    throttle: (
      { perSecond, burst = perSecond, service = 'ssm', ...scope }: ThrottleOptions = { perSecond: 40 },
    ) =>
      add(
        {
          kind: 'throttle',
          service,
          take: createTokenBucket(least('perSecond', perSecond, 0), least('burst', burst, 0), now),
        },
        scope,
      ),
    /** API calls fail with this exception of AWS, such as `DecryptionFailure` or `InternalServiceError`. */
    fail: (code: string, scope: FaultScope = {}) => {
      const message = 'A fault the stand-in was asked for.'
      return add({ kind: 'fail', code, message, perId: scope.ids !== undefined }, scope)
    },
    /** GetParametersByPath begins with an empty page that has a NextToken, as it may on AWS. */
    emptyPages: (scope?: FaultScope) => add({ kind: 'emptyPages' }, scope),
    /** Answers come so many milliseconds later; goes together with other faults. */
    slow: (milliseconds: number, scope?: FaultScope) =>
      add({ kind: 'slow', delay: least('milliseconds', milliseconds, 0) }, scope),
    /** No answer, ever; the connection stays open. */
    hang: (scope?: FaultScope) => add({ kind: 'hang' }, scope),
    /** The body comes byte by byte. */
    drip: ({
      intervalMilliseconds = 20,
      ...scope
    }: FaultScope & { readonly intervalMilliseconds?: number } = {}) =>
      add({ kind: 'drip', interval: least('intervalMilliseconds', intervalMilliseconds, 1) }, scope),
    /** Content-Length promises all, and the connection ends half way. */
    truncate: (scope?: FaultScope) => add({ kind: 'truncate' }, scope),
    /** The connection is reset (RST) instead of answered. */
    reset: (scope?: FaultScope) => add({ kind: 'reset' }, scope),
    /** Bytes that are no HTTP, as when another program holds the port. */
    garbage: (scope?: FaultScope) => add({ kind: 'garbage' }, scope),
    /** This status and text. */
    status: (code: number, body = '', scope?: FaultScope) => {
      const answer = { status: least('status', code, 200), headers: { 'content-type': 'text/plain' }, body }
      return respondWith(() => answer, scope)
    },
    /** This answer, or what a function makes of the request. */
    respond: (answer: LocalResponse | ((request: LocalRequest) => LocalResponse), scope?: FaultScope) =>
      respondWith(typeof answer === 'function' ? answer : () => answer, scope),
    /** A redirect no client may follow: its token would go with it. */
    redirect: (location: string, scope?: FaultScope) =>
      respondWith(() => ({ status: 302, headers: { location } }), scope),
    /** Valid JSON, far larger than any secret. */
    hugeBody: ({ bytes = 4_194_304, ...scope }: FaultScope & { readonly bytes?: number } = {}) =>
      respondWith(() => {
        const body = JSON.stringify({ SecretString: 'x'.repeat(bytes) })
        return { status: 200, headers: { 'content-type': 'application/json' }, body }
      }, scope),
    /** Stops listening and ends every connection; comes back on the same port after `milliseconds`, or at `accept()`. */
    refuse: async ({ milliseconds }: { readonly milliseconds?: number } = {}) => {
      const mine = ++refusals
      await stopListening()
      if (milliseconds === undefined) return
      // A later refusal is not ended by an earlier one's time.
      void pauses.wait(milliseconds).then(() => (mine === refusals ? resumeListening() : undefined))
    },
    /** Ends `refuse`. */
    accept: resumeListening,
    /** Takes every fault away; resolves once connections are accepted again. */
    clear: async () => {
      plan.clear()
      await resumeListening()
    },
  }
}

/** A number that came from JavaScript or over the control path. */
const least = (name: string, given: number, minimum: number): number => {
  if (typeof given === 'number' && given >= minimum) return given
  throw new LocalError('INVALID_OPTION', `faults: ${name} is ${given}; it is a number from ${minimum}.`)
}
