import { PARAMETER_STORE, SECRETS_MANAGER, type Service } from '../aws/operations.ts'
import { LocalError } from '../local-error.ts'
import { didYouMean } from '../nearest.ts'
import type { Add } from './add.ts'
import { least } from './least.ts'
import type { FaultScope } from './plan.ts'
import { createTokenBucket } from './token-bucket.ts'

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

const ACTIONS: readonly string[] = [
  ...Object.keys(SECRETS_MANAGER).map((name) => `secretsmanager:${name}`),
  ...Object.keys(PARAMETER_STORE).map((name) => `ssm:${name}`),
  'kms:Decrypt',
]

/** Whether this denies an action of AWS, and not a name. */
export const isAction = (idOrAction: string): boolean => /^(secretsmanager|ssm|kms):/.test(idOrAction)

/** Faults inside the simulated AWS. They apply to every caller; through the layer they become its opaque 400. */
export const faultsInAws = (add: Add, now: () => number) => ({
  /**
   * AccessDeniedException for an id (`prod/*` for many), or for an action such as `secretsmanager:BatchGetSecretValue`
   * or `kms:Decrypt`.
   */
  deny: (idOrAction: string, scope: FaultScope = {}) => {
    if (!isAction(idOrAction)) return add({ kind: 'deny' }, { ids: idOrAction, ...scope })
    if (!ACTIONS.includes(idOrAction))
      throw new LocalError(
        'INVALID_OPTION',
        `faults.deny: unknown action "${idOrAction}".${didYouMean(idOrAction, ACTIONS)}`,
      )
    return add({ kind: 'deny', action: idOrAction }, scope)
  },
  /** A real token bucket over the reads of a service; a read that finds it empty gets ThrottlingException. */
  throttle: (
    { perSecond, burst = perSecond, service = 'ssm', ...scope }: ThrottleOptions = { perSecond: 40 },
  ) =>
    add(
      {
        kind: 'throttle',
        service,
        perSecond,
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
})
