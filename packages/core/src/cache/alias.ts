import type { ErrorCode } from '../errors/index.ts'
import type { Outcome } from '../source/source.ts'
import type { Entry } from './entry.ts'

/** Failures that would meet any name: they say nothing about the one that was asked. */
const ofAnyName: readonly ErrorCode[] = [
  'NOT_READY',
  'SERVICE_FAILED',
  'THROTTLED',
  'TIMEOUT',
  'TOKEN',
  'UNREACHABLE',
]

/** Whether the answer to another name of an entry is true of this name too. */
export function isSharedBy({ reference, state }: Entry, outcome: Outcome): boolean {
  return outcome.ok ? outcome.arn === (state.arn ?? reference.id) : ofAnyName.includes(outcome.error.code)
}
