import type { Reference } from '../declare/reference.ts'
import { isThenable, promiseOf } from '../shared/thenable.ts'
import { outcomeOf } from './outcome.ts'
import type { FetchContext, Outcome, Source } from './source.ts'

/** Calls a source: one checked outcome for each reference, whatever it answers, throws or rejects with. */
export function askSource(
  source: Source,
  references: readonly Reference[],
  context: FetchContext,
): Promise<Outcome>[] {
  const asked = (async () => adopted(source.fetch(references, context)))()
  return references.map((_, index) => outcomeOf(asked.then((outcomes) => adopted(outcomes[index]))))
}

const adopted = <Answer>(answer: Answer): Answer =>
  isThenable(answer) ? (promiseOf(answer) as Answer) : answer
