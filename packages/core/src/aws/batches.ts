import { isSecretsCacheError, type SecretsCacheError } from '../errors/index.ts'
import type { Outcome } from '../source/source.ts'
import type { BatchMemory } from './aws-call.ts'

/** How a service is asked for many things together, and for one. */
export interface Batching<Reference> {
  /** How many AWS takes in one call. */
  readonly most: number
  /** From how many on the batch action is used at all. */
  readonly fewest: number
  /** Outcomes in order, `undefined` for what the answer does not mention; or why the whole call failed. */
  readonly askBatch: (
    batch: readonly Reference[],
  ) => Promise<readonly (Outcome | undefined)[] | SecretsCacheError>
  readonly askOne: (reference: Reference) => Promise<Outcome>
  /** Whether one denied name fails the whole call, so that a denial of the call says nothing about the action. */
  readonly isSpoiltByOne: boolean
  /** Whether the batch action has a quota of its own, smaller than the single one's. */
  readonly isThrottledAlone: boolean
  readonly memory: BatchMemory
  /** Tells, once, that the batch action cannot be used. */
  readonly onRefused: () => void
}

/** References, each with the outcome it will have. */
export type Pending<Reference> = readonly (readonly [Reference, Promise<Outcome>])[]

/** Asks in batches. The outcomes of one batch do not wait for those of another. */
export function inBatches<Reference>(
  references: readonly Reference[],
  batching: Batching<Reference>,
): Pending<Reference> {
  const batches = Map.groupBy(references, (_, index) => Math.floor(index / batching.most))
  return [...batches.values()].flatMap((batch) => {
    const outcomes = outcomesOf(batch, batching)
    return batch.map(
      (reference, index) => [reference, outcomes.then((all) => all[index] as Outcome)] as const,
    )
  })
}

async function outcomesOf<Reference>(
  batch: readonly Reference[],
  batching: Batching<Reference>,
): Promise<readonly (Outcome | Promise<Outcome>)[]> {
  const { fewest, askBatch, askOne, isThrottledAlone, memory } = batching
  if (batch.length < fewest || memory.isRefused) return batch.map(askOne)
  const answer = await askBatch(batch)
  if (!isSecretsCacheError(answer)) {
    memory.hasWorked = true
    return batch.map((reference, index) => answer[index] ?? askOne(reference))
  }
  if (isThrottledAlone && answer.code === 'THROTTLED') return batch.map(askOne)
  // An outage, or a throttle that counts every call, would meet each of them too.
  return answer.transient ? batch.map(() => failed(answer)) : askEach(batch, answer, batching)
}

/**
 * A batch was turned down as a whole, for good: because of the action, or because of one of its names. Asking for each
 * by itself finds out, in a bounded number of calls and one more round trip; a search by halves takes four.
 */
function askEach<Reference>(
  batch: readonly Reference[],
  { code }: SecretsCacheError,
  batching: Batching<Reference>,
): readonly Promise<Outcome>[] {
  const { askOne, isSpoiltByOne, memory, onRefused } = batching
  const refuse = () => {
    if (memory.isRefused) return
    memory.isRefused = true
    onRefused()
  }
  const outcomes = batch.map(askOne)
  const isCallDenied = code === 'ACCESS_DENIED'
  if (code === 'UNSUPPORTED' || (isCallDenied && !isSpoiltByOne)) refuse()
  if (!isSpoiltByOne) return outcomes
  if (isCallDenied) {
    void Promise.all(outcomes).then((all) => {
      // None of its names was to blame.
      if (all.every((outcome) => outcome.ok || outcome.error.code === 'NOT_FOUND')) refuse()
    })
  }
  return batch.length === 1 ? outcomes : recheckDenied(batch, outcomes, batching)
}

/**
 * A role may have the batch action and not the single one: then only a batch of one can say whether a name is denied.
 * Where every name was denied and no batch has ever been answered, the role most likely has neither action, so one such
 * batch is tried before the others are. Each time it is another name: where the one that was tried is denied and
 * others are not, these are read the next time.
 */
function recheckDenied<Reference>(
  batch: readonly Reference[],
  outcomes: readonly Promise<Outcome>[],
  { askBatch, memory }: Batching<Reference>,
): readonly Promise<Outcome>[] {
  const recheck = async (index: number) => {
    const answer = await askBatch([batch[index] as Reference])
    if (isSecretsCacheError(answer)) return { index, outcome: failed(answer), isAllowed: false }
    memory.hasWorked = true
    return { index, outcome: answer[0] ?? (await (outcomes[index] as Promise<Outcome>)), isAllowed: true }
  }
  const notDenied = outcomes.map(async (pending) => {
    if (isDenied(await pending)) throw new Error()
  })
  const probed = Promise.any(notDenied).then(
    () => undefined,
    () => (memory.hasWorked ? undefined : recheck(memory.probes++ % batch.length)),
  )
  return outcomes.map(async (pending, index) => {
    const outcome = await pending
    if (!isDenied(outcome)) return outcome
    const probe = await probed
    if (probe?.index === index) return probe.outcome
    if (probe && !probe.isAllowed && isDenied(probe.outcome)) return outcome
    return (await recheck(index)).outcome
  })
}

const isDenied = (outcome: Outcome) => !outcome.ok && outcome.error.code === 'ACCESS_DENIED'

export function failed(error: SecretsCacheError): Outcome {
  return { ok: false, error }
}
