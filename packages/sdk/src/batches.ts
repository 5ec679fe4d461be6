import { isSecretsCacheError, type Outcome, type SecretsCacheError } from '@secrets-cache/core'

/** How a service is asked for many things together, and for one. */
export interface Batching<Question> {
  /** How many AWS takes in one call. */
  readonly most: number
  /** From how many on the batch action is used at all. */
  readonly fewest: number
  /** Outcomes in order, `undefined` for what the answer does not tell; or why the whole call failed. */
  readonly ask: (batch: readonly Question[]) => Promise<readonly (Outcome | undefined)[] | SecretsCacheError>
  readonly askOne: (question: Question) => Promise<Outcome>
  /** Whether one name that is denied fails the whole call, so that a denial does not speak of the action. */
  readonly isSpoiltByOne: boolean
  /** Whether the batch action has a quota of its own, smaller than the single one's. */
  readonly isThrottledAlone: boolean
  readonly isRefused: () => boolean
  readonly refuse: () => void
}

/** What was asked, each with its outcome. */
export type Asked<Question> = readonly (readonly [Question, Promise<Outcome>])[]

/** The outcomes of one batch do not wait for those of another. */
export function inBatches<Question>(
  questions: readonly Question[],
  batching: Batching<Question>,
): Asked<Question> {
  const batches = Map.groupBy(questions, (_, index) => Math.floor(index / batching.most))
  return [...batches.values()].flatMap((batch) => {
    const answers = askBatch(batch, batching)
    return batch.map((question, index) => [question, answers.then((all) => all[index] as Outcome)] as const)
  })
}

async function askBatch<Question>(
  batch: readonly Question[],
  batching: Batching<Question>,
): Promise<readonly (Outcome | Promise<Outcome>)[]> {
  const { fewest, ask, askOne, isRefused, isThrottledAlone } = batching
  if (batch.length < fewest || isRefused()) return batch.map(askOne)
  const answer = await ask(batch)
  if (!isSecretsCacheError(answer)) return batch.map((question, index) => answer[index] ?? askOne(question))
  if (isThrottledAlone && answer.code === 'THROTTLED') return batch.map(askOne)
  // An outage, or a throttle that counts every call, would meet each of them too.
  return answer.transient ? batch.map(() => failed(answer)) : askEach(batch, answer, batching)
}

/**
 * A batch was turned down as a whole, for good: because of the action, or because of one of its names. Asking for each
 * by itself finds out, in a bounded number of calls and one more round trip; a search by halves takes four.
 */
function askEach<Question>(
  batch: readonly Question[],
  { code }: SecretsCacheError,
  { ask, askOne, isSpoiltByOne, refuse }: Batching<Question>,
): readonly Promise<Outcome>[] {
  const outcomes = batch.map(askOne)
  const isDenied = code === 'ACCESS_DENIED'
  if (code === 'UNSUPPORTED' || (isDenied && !isSpoiltByOne)) refuse()
  if (!isSpoiltByOne) return outcomes
  if (isDenied) {
    void Promise.all(outcomes).then((all) => {
      // None of its names was to blame.
      if (all.every((outcome) => outcome.ok || outcome.error.code === 'NOT_FOUND')) refuse()
    })
  }
  if (batch.length === 1) return outcomes
  // A role may have the batch action and not the single one: then only a batch of one can tell.
  return outcomes.map(async (asked, index) => {
    const outcome = await asked
    if (outcome.ok || outcome.error.code !== 'ACCESS_DENIED') return outcome
    const answer = await ask([batch[index] as Question])
    return isSecretsCacheError(answer) ? failed(answer) : (answer[0] ?? outcome)
  })
}

export function failed(error: SecretsCacheError): Outcome {
  return { ok: false, error }
}
