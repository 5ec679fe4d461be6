import type { Account } from '../account/account.ts'
import { AwsError, accessDenied } from '../account/aws-error.ts'
import type { Call, Calls } from '../calls.ts'
import type { Meeting, Plan } from '../faults/plan.ts'
import type { Pauses } from '../pauses.ts'
import { stopwatch } from '../stopwatch.ts'
import type { Input } from './input.ts'
import { OPERATIONS, type OperationName, serviceOf } from './operations.ts'

export type Backend = ReturnType<typeof createBackend>

/** Operations that share AWS's throttle of reads. */
const READS: ReadonlySet<string> = new Set([
  'GetSecretValue',
  'BatchGetSecretValue',
  'DescribeSecret',
  'GetParameter',
  'GetParameters',
  'GetParametersByPath',
])

export interface BackendParts {
  readonly account: Account
  readonly plan: Plan
  readonly calls: Calls
  readonly pauses: Pauses
}

/** The simulated AWS: counts a call, plays a fault that applies to it, and runs the operation. */
export const createBackend = ({ account, plan, calls, pauses }: BackendParts) => {
  /** Plays connection faults with `at: 'aws'` for the layer's own calls; an SDK sees them on its connection instead. */
  const upstream = async (ids: readonly string[]): Promise<void> => {
    const meeting = { face: 'aws', ids, upstream: true } as const
    const slow = plan.take(['slow'], meeting)
    if (slow) await pauses.wait(slow.delay)
    const broken = plan.take(['respond', 'hang', 'reset', 'garbage', 'truncate', 'drip'], meeting)
    if (broken?.kind === 'hang') await new Promise<never>(() => {})
    if (broken) throw new AwsError('RequestError', 'send request failed', 500)
  }

  const check = (name: OperationName, ids: readonly string[]): void => {
    const service = serviceOf(name)
    const action = `${service}:${name}`
    const meeting = { face: 'aws', ids } as const
    if (READS.has(name)) {
      const bucket = plan.take(['throttle'], meeting, (fault) => fault.service === service && !fault.take())
      if (bucket) throw new AwsError('ThrottlingException', 'Rate exceeded')
    }
    const denied = plan.take(['deny'], meeting, (fault) => fault.action === action)
    if (denied) throw accessDenied(action, ids.join(','))
    fail(meeting, false)
  }

  const fail = (meeting: Meeting, perId: boolean): void => {
    const failure = plan.take(['fail'], meeting, (fault) => fault.perId === perId)
    if (failure) throw new AwsError(failure.code, failure.message, statusOf(failure.code))
  }

  const authorise = (action: string, id: string): void => {
    const meeting = { face: 'aws', ids: [id] } as const
    const denied = plan.take(
      ['deny'],
      meeting,
      (fault) => fault.action === undefined || fault.action === action,
    )
    if (denied) throw accessDenied(action, id)
    // In a batch, only this secret fails, not the whole call.
    fail(meeting, true)
  }

  const emptyPages = () => plan.take(['emptyPages'], { face: 'aws', ids: [] }) !== undefined

  return {
    /** Counts a call when it arrives, so that one without an answer is counted too. */
    count: calls.countAws,
    run: (name: OperationName, input: Input): object => {
      check(name, idsOf(input))
      return OPERATIONS[name](input, { account, authorise, emptyPages })
    },
    /** A call the layer or the agent makes on a miss. */
    call: async (name: OperationName, input: Input, by: Call['by']): Promise<object> => {
      const ids = idsOf(input)
      calls.countAws(name, by)
      const elapsed = stopwatch()
      const remember = (outcome: string): void =>
        calls.remember({ face: 'aws', by, operation: name, ids, outcome, milliseconds: elapsed() })
      try {
        await upstream(ids)
        check(name, ids)
        const output = OPERATIONS[name](input, { account, authorise, emptyPages })
        remember('200')
        return output
      } catch (error) {
        remember(error instanceof AwsError ? error.code : 'InternalFailure')
        throw error
      }
    },
  }
}

const statusOf = (code: string): number => {
  if (/^ServiceUnavailable/.test(code)) return 503
  return /^Internal/.test(code) ? 500 : 400
}

/** The ids a request names, for faults and the call list. The operation checks whether they are well formed. */
export const idsOf = ({ SecretId, Name, Path, SecretIdList, Names }: Input): readonly string[] => {
  const one = SecretId ?? Name ?? Path
  if (typeof one === 'string') return [one]
  const many = SecretIdList ?? Names
  return Array.isArray(many) ? many.filter((id) => typeof id === 'string') : []
}
