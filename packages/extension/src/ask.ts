import {
  type FetchContext,
  isSecretsCacheError,
  NotReadyError,
  type Outcome,
  ResponseError,
  type SecretsCacheError,
} from '@secrets-cache/core'
import { pause, selectedName } from '@secrets-cache/core/internal'
import type { Send } from './connections.ts'
import { type Askable, originOf, pathOf } from './endpoint.ts'
import { codeOf, type Fault, type HttpResponse } from './exchange.ts'
import { about, type Failure, failureOfFault, failureOfThrow, type Subject } from './failure.ts'
import { failureOfAnswer } from './failure-of-answer.ts'
import { onlyFromFirstInvocation } from './init-phase.ts'
import { readResponse } from './read-response.ts'
import { createRetryPolicy } from './retry-policy.ts'
import type { Served } from './served.ts'

/** Where to ask; port and token are read for each attempt. */
export interface Endpoint {
  readonly name: string
  readonly port: () => string
  readonly token: () => string
  /** Whether a newer value than the cached one can be asked for. */
  readonly refreshable: boolean
  readonly send: Send
  /** Whether it is certain that it cannot answer yet. */
  readonly isTooEarly: () => boolean
  /** What it has answered with a value. */
  readonly served: Served
}

/** Asks for one reference, and again where that helps. Never rejects. */
export async function ask(reference: Askable, context: FetchContext, endpoint: Endpoint): Promise<Outcome> {
  const subject = { source: endpoint.name, id: reference.id }
  try {
    if (endpoint.isTooEarly()) return tooEarly(subject)
    return await askUntilAnswered(reference, context, endpoint)
  } catch (error) {
    if (isSecretsCacheError(error)) return { ok: false, error: error.about(subject) }
    return { ok: false, error: failureOfThrow(codeOf(error), subject) }
  }
}

async function askUntilAnswered(
  reference: Askable,
  { signal, fresh, onRetry }: FetchContext,
  endpoint: Endpoint,
): Promise<Outcome> {
  const { id, kind } = reference
  const asked = kind === 'secret' ? id : selectedName(reference)
  const { refreshable, send, served, token } = endpoint
  const plainPath = pathOf(reference, false)
  const path = fresh && refreshable ? pathOf(reference, true) : plainPath
  const policy = createRetryPolicy(served.before(plainPath))
  // Aborted during a wait, or during the attempt after it: the error is the failure before that wait.
  let awaited: SecretsCacheError | undefined
  for (;;) {
    const port = endpoint.port()
    const headers = { 'X-Aws-Parameters-Secrets-Token': token() }
    const result = await send({ origin: originOf(port), path, headers }, signal)
    const attempt = judge(result, { kind, asked }, { source: endpoint.name, id, port })
    if (attempt.ok) {
      served.add(plainPath)
      return attempt
    }
    const { error, retry } = attempt
    if (signal.aborted) return { ok: false, error: awaited ?? error }
    const delay = retry && policy(retry)
    if (delay === undefined) return { ok: false, error }
    onRetry(reference, error)
    if (delay > 0) {
      awaited = error
      await pause(delay, signal)
    } else {
      awaited = undefined
    }
  }
}

type Success = Extract<Outcome, { ok: true }>

interface Question {
  readonly kind: Askable['kind']
  /** The name with its version or label. */
  readonly asked: string
}

function judge(result: HttpResponse | Fault, { kind, asked }: Question, subject: Subject): Success | Failure {
  if ('fault' in result) return failureOfFault(result, subject)
  if (result.status !== 200) return failureOfAnswer(result, kind, subject)
  const reading = readResponse(kind, result.body, asked)
  if (reading.ok) return reading
  if (reading.error) return { ok: false, error: reading.error.about(about(subject)) }
  const remedy = `Check what listens on port ${subject.port}.`
  return { ok: false, error: new ResponseError({ ...about(subject), reason: reading.reason, remedy }) }
}

function tooEarly(subject: Pick<Subject, 'source' | 'id'>): Outcome {
  const reason = 'the function is still being initialised, and nothing was sent'
  return { ok: false, error: new NotReadyError({ ...subject, reason, remedy: onlyFromFirstInvocation }) }
}
