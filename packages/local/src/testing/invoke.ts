import { LocalError } from '../local-error.ts'
import { type LambdaContextOptions, lambdaContext } from './lambda-context.ts'
import { underFakeTimers } from './under-fake-timers.ts'

/** Any Lambda handler; its own types give those of the event and the result. */
// biome-ignore lint/suspicious/noExplicitAny: a parameter of type unknown would refuse every typed handler
export type AnyHandler = (event: any, context: any, ...rest: any[]) => any

/** What a handler answers in the end; `void`, which AWS's `Handler` adds for callbacks, is left out. */
export type ResultOf<Handler extends AnyHandler> = WithoutVoid<Awaited<ReturnType<Handler>>>

type NoAnswer = ReturnType<() => void>

// `any` stays `any`, and a handler that answers nothing at all keeps its void.
type WithoutVoid<Result> = [Result] extends [NoAnswer]
  ? Result
  : NoAnswer extends Result
    ? Exclude<Result, NoAnswer>
    : Result

/**
 * Invokes a handler as Lambda does: with its own copy of the event, which is JSON, and a context of its own, whose
 * remaining time counts down.
 * @example const answer = await invoke(handler, { amount: 5 }, { timeoutMilliseconds: 500 })
 */
export const invoke = <Handler extends AnyHandler>(
  handler: Handler,
  event: Parameters<Handler>[0],
  options: LambdaContextOptions = {},
): Promise<ResultOf<Handler>> => invokeWith(handler, event, options, () => 0)

/** @param progress a number that changes whenever something happens that the handler may wait for. */
export const invokeWith = async <Handler extends AnyHandler>(
  handler: Handler,
  event: Parameters<Handler>[0],
  options: LambdaContextOptions,
  progress: () => number,
): Promise<ResultOf<Handler>> => {
  const copied = copyOf(event)
  return underFakeTimers(async () => handler(copied, lambdaContext(options)), progress)
}

/** Lambda hands an event over as JSON. */
const copyOf = (event: unknown): unknown => {
  try {
    return event === undefined ? undefined : JSON.parse(JSON.stringify(event))
  } catch {
    throw new LocalError(
      'INVALID_VALUE',
      'invoke: the event cannot be written as JSON (a circle, a bigint or a function), so Lambda could not hand it over.',
    )
  }
}
