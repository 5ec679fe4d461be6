import type { ErrorCode } from '../errors/index.ts'
import type { Outcome } from '../source/source.ts'
import type { Entry } from './entry.ts'

/** Failures that do not depend on the name. */
const ofAnyName: readonly ErrorCode[] = [
  'NOT_READY',
  'SERVICE_FAILED',
  'THROTTLED',
  'TIMEOUT',
  'TOKEN',
  'UNREACHABLE',
]

/** Whether the answer to one name is also true of this entry, which has another name for the same thing. */
export function isSharedBy({ reference, state }: Entry, outcome: Outcome): boolean {
  return outcome.ok ? outcome.arn === (state.arn ?? reference.id) : ofAnyName.includes(outcome.error.code)
}
