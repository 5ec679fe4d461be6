import { type FetchContext, ResponseError, TimeoutError, TooLargeError } from '@secrets-cache/core'
import type { Semaphore } from '@secrets-cache/core/internal'
import {
  type AwsAction,
  type AwsRequest,
  type AwsResult,
  type AwsSession,
  iamAction,
} from '@secrets-cache/core/internal/aws'
import type { Connection } from '../clients/connections.ts'
import type { SdkCommand } from '../clients/services.ts'
import { watchAttempts } from './attempts.ts'
import { limitBody } from './body-limit.ts'
import { failureOf } from './failure.ts'
import { createProgress, type Progress } from './progress.ts'

/** One service during one fetch, asked through the SDK. */
export function createSession(
  connection: Connection,
  semaphore: Semaphore,
  context: FetchContext,
): AwsSession {
  const { signal, emit, onRetry } = context
  // Not left to the SDK: it does not look at the signal while it resolves credentials.
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

  async function call<Action extends AwsAction>(request: AwsRequest<Action>): Promise<AwsResult> {
    if (!(await semaphore.acquire(signal))) return failed(new TimeoutError())
    try {
      const progress = createProgress(request.references, context)
      const timedOut = aborted.then(() => failed(progress.timedOut()))
      return await Promise.race([timedOut, send(request, progress)])
    } finally {
      semaphore.release()
    }
  }

  async function send<Action extends AwsAction>(
    request: AwsRequest<Action>,
    progress: Progress,
  ): Promise<AwsResult> {
    const { references } = request
    const action = iamAction(request)
    let lastFailure: unknown
    let isTooLarge = false
    try {
      progress.loading(connection.service.packageName)
      const { commands, client } = await connection.open()
      const make = commands[request.action] as (input: typeof request.input) => SdkCommand
      const command = make(request.input)
      const onTooLarge = () => {
        isTooLarge = true
      }
      // Stryker disable next-line StringLiteral: where the SDK puts a step it does not know is not ours.
      const place = { step: 'deserialize', priority: 'low' }
      command.middlewareStack.add(limitBody(references.length, onTooLarge, progress.sent), place)
      watchAttempts(command, {
        onAttempt: () => {
          if (lastFailure === undefined) return
          for (const reference of references) onRetry(reference, failureOf(lastFailure, action))
        },
        onFailure: (thrown) => {
          lastFailure = thrown
        },
      })
      // A client that was passed in may never have heard of credentials.
      if (connection.passed) progress.sent()
      else progress.preparing()
      return readOutput(await client.send(command as never, { abortSignal: signal }), request.action)
    } catch (thrown) {
      if (isTooLarge) return failed(new TooLargeError())
      // Where `instanceof Error` fails, as under Jest, the SDK wraps what an attempt threw and drops its code.
      return failed(failureOf(lastFailure ?? thrown, action))
    }
  }

  return {
    call,
    batches: connection.batches,
    degraded: (reason) => emit('degraded', () => ({ source: 'sdk', reason })),
  }
}

/**
 * The SDK answers with an object that has `$metadata` at least. A mocked client answers `undefined`, or `{}`, to a
 * command that was not stubbed.
 */
function readOutput(output: unknown, action: AwsAction): AwsResult {
  const kind = Array.isArray(output) ? 'an array' : output === null ? 'null' : typeof output
  if (kind === 'object' && Object.keys(output as object).length > 0) {
    return { ok: true, output: output as Record<string, unknown> }
  }
  const what = kind === 'object' ? 'an empty object' : kind
  return failed(
    new ResponseError({
      reason: `the client answered ${action}Command with ${what}`,
      remedy: `Where it is a mock, let it answer ${action}Command; docs/testing.md lists the commands.`,
    }),
  )
}

function failed(error: Extract<AwsResult, { ok: false }>['error']): AwsResult {
  return { ok: false, error }
}
