import { type LambdaContextOptions, lambdaContext } from './lambda-context.ts'

/** Any Lambda handler: its own types say what it takes and gives. */
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

/** Invokes a handler as Lambda does: with a context of its own, whose remaining time counts down. */
export const invoke = async <Handler extends AnyHandler>(
  handler: Handler,
  event: Parameters<Handler>[0],
  options: LambdaContextOptions = {},
): Promise<ResultOf<Handler>> => handler(event, lambdaContext(options))
