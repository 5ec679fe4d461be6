import { type Reference, referenceKey } from '../declare/reference.ts'
import type { SecretsCacheError } from '../errors/index.ts'
import type { Clock } from '../shared/clock.ts'
import { startDeadline } from '../shared/deadline.ts'
import type { Emit } from '../shared/events.ts'
import type { Limits } from '../shared/limits.ts'
import { askSource } from './ask-source.ts'
import type { Outcome, Source } from './source.ts'

/** One call of a source, for one or more references. */
export interface SourceCall {
  readonly source: Source
  readonly references: readonly Reference[]
  readonly isForced: boolean
  readonly controller: AbortController
  /** Once for each reference, never before `callSource` has returned. */
  readonly onOutcome: (index: number, outcome: Outcome) => void
  /** What a reader is told whose time runs out before the next outcome. */
  readonly onRetry: (index: number, error: SecretsCacheError | undefined) => void
  readonly emit: Emit
}

/** Calls a source and holds it to its contract: one checked outcome each, an abort when its time is over. */
export function callSource(call: SourceCall, clock: Clock, limits: Limits): void {
  const { source, references, controller, emit } = call
  const cancel = startDeadline(clock, limits, limits.loadTimeout, () => controller.abort())
  controller.signal.addEventListener('abort', cancel)

  let unanswered = references.length
  const answer = (index: number, outcome: Outcome) => {
    if (--unanswered === 0) cancel()
    call.onOutcome(index, outcome)
  }
  const onRetry = (reference: Reference, error: SecretsCacheError) => {
    emit('retry', () => ({ id: reference.id, source: source.name, code: error.code }))
    call.onRetry(references.indexOf(reference), error)
  }

  const onWait = (reference: Reference, error: SecretsCacheError | undefined) =>
    call.onRetry(references.indexOf(reference), error)

  emit('load', () => ({ source: source.name, ids: references.map(({ id }) => id), fresh: call.isForced }))
  // A listener may have cleared the cache: then nobody waits for this call.
  if (!controller.signal.aborted) ask()

  function ask(): void {
    const context = { signal: controller.signal, fresh: call.isForced, onRetry, onWait, emit }
    for (const [index, outcome] of askSource(source, references, context).entries()) {
      void outcome.then((answered) => answer(index, answered))
    }
  }
}

/** What is asked once for several entries: a name and its ARN are the same thing once the source has said so. */
export function questionKey(reference: Reference, arn: string | undefined): string {
  return referenceKey('', arn === undefined ? reference : { ...reference, id: arn })
}
