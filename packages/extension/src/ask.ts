import {
  type FetchContext,
  isSecretsCacheError,
  type Outcome,
  ResponseError,
  type SecretsCacheError,
  SourceError,
} from '@secrets-cache/core'
import type { Send } from './connections.ts'
import { type Askable, pathOf } from './endpoint.ts'
import { type Answer, codeOf, type Fault } from './exchange.ts'
import { type Failure, failureOfFault, type Subject } from './failure.ts'
import { failureOfAnswer } from './failure-of-answer.ts'
import { createPatience } from './patience.ts'
import { readResponse } from './read-response.ts'
import { wait } from './wait.ts'

/** Where to ask; origin and token are read for each attempt. */
export interface Endpoint {
  readonly name: string
  readonly origin: () => string
  readonly token: () => string
  /** Whether a newer value than the cached one can be asked for. */
  readonly refreshable: boolean
  readonly send: Send
}

/** Asks for one reference, and again where that helps. Never rejects. */
export async function ask(reference: Askable, context: FetchContext, endpoint: Endpoint): Promise<Outcome> {
  const subject = { source: endpoint.name, id: reference.id }
  try {
    return await askUntilAnswered(reference, context, endpoint, subject)
  } catch (error) {
    if (isSecretsCacheError(error)) return { ok: false, error: error.about(subject) }
    return { ok: false, error: new SourceError({ ...subject, reason: codeOf(error) }) }
  }
}

async function askUntilAnswered(
  reference: Askable,
  { signal, fresh, onRetry }: FetchContext,
  { origin, token, refreshable, send }: Endpoint,
  subject: Subject,
): Promise<Outcome> {
  const patience = createPatience()
  const path = pathOf(reference, fresh && refreshable)
  // What an abort cuts short is no slow answer but the wait for the layer, and that is what to report.
  let awaited: SecretsCacheError | undefined
  for (;;) {
    const request = { origin: origin(), path, headers: { 'X-Aws-Parameters-Secrets-Token': token() } }
    const attempt = judge(await send(request, signal), reference.kind, subject)
    if (attempt.ok) return attempt
    const { error, retry } = attempt
    if (signal.aborted) return { ok: false, error: awaited ?? error }
    const pause = retry && patience(retry)
    if (pause === undefined) return { ok: false, error }
    onRetry(reference, error)
    if (pause > 0) {
      awaited = error
      await wait(pause, signal)
    } else {
      awaited = undefined
    }
  }
}

type Answered = Extract<Outcome, { ok: true }>

function judge(reply: Answer | Fault, kind: Askable['kind'], subject: Subject): Answered | Failure {
  if ('fault' in reply) return failureOfFault(reply, subject)
  if (reply.status !== 200) return failureOfAnswer(reply, kind, subject)
  const reading = readResponse(kind, reply.body)
  if (reading.ok) return reading
  return { ok: false, error: new ResponseError({ ...subject, reason: reading.reason }) }
}
