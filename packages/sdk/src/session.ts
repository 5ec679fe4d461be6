import {
  type FetchContext,
  type Reference,
  type SecretsCacheError,
  TimeoutError,
  TooLargeError,
} from '@secrets-cache/core'
import { limitBody } from './body-limit.ts'
import type { Connection } from './connections.ts'
import { failureOf } from './failure.ts'
import type { Limit } from './limit.ts'

/** What AWS answered, unchecked; or why there is no answer. */
export type Answer =
  | { readonly ok: true; readonly output: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly error: SecretsCacheError }

/** A request: its command, the IAM action it needs, and whom it is for. */
export interface Request<Module> {
  readonly command: (module: Module) => Command
  readonly action: string
  readonly references: readonly Reference[]
}

/** What is used of a command of the SDK. */
interface Command {
  readonly middlewareStack: { add(middleware: Attempts, options: object): void }
}

type Attempt = (args: never) => Promise<unknown>
type Attempts = (next: Attempt) => Attempt

/** One service during one fetch. */
export interface Session<Module> {
  readonly isBatchRefused: () => boolean
  /** Remembers that the batch action cannot be used, and tells it once. */
  readonly refuseBatch: (reason: string) => void
  /** Never rejects, and settles when the load's time is over, whatever the SDK is waiting for by then. */
  readonly send: (request: Request<Module>) => Promise<Answer>
}

export function createSession<Module>(
  connection: Connection<Module>,
  limit: Limit,
  { signal, emit, onRetry }: FetchContext,
): Session<Module> {
  // Not left to the SDK: it does not look at the signal while it resolves credentials.
  const aborted = new Promise<Answer>((resolve) => {
    const expire = () => resolve({ ok: false, error: new TimeoutError() })
    signal.addEventListener('abort', expire)
    if (signal.aborted) expire()
  })

  async function ask({ command, action, references }: Request<Module>): Promise<Answer> {
    let failed: unknown
    let isTooLarge = false
    try {
      const { module, client } = await connection.open()
      const asked = command(module)
      const limited = limitBody(references.length, () => {
        isTooLarge = true
      })
      // Stryker disable next-line StringLiteral: where the SDK puts a step it does not know is not ours.
      asked.middlewareStack.add(limited, { step: 'deserialize', priority: 'low' })
      watchAttempts(asked, {
        onAttempt: () => {
          if (failed === undefined) return
          for (const reference of references) onRetry(reference, failureOf(failed, action))
        },
        onFailure: (thrown) => {
          failed = thrown
        },
      })
      const output = await client.send(asked as never, { abortSignal: signal })
      return { ok: true, output: output as Record<string, unknown> }
    } catch (thrown) {
      if (isTooLarge) return { ok: false, error: new TooLargeError() }
      // Where `instanceof Error` fails, as under Jest, the SDK wraps what an attempt threw and drops its code.
      return { ok: false, error: failureOf(failed ?? thrown, action) }
    }
  }

  return {
    isBatchRefused: () => connection.isBatchRefused,
    refuseBatch(reason) {
      if (connection.isBatchRefused) return
      connection.isBatchRefused = true
      emit('degraded', () => ({ source: 'sdk', reason }))
    },
    send: (request) => {
      const turn = () => (signal.aborted ? aborted : Promise.race([aborted, ask(request)]))
      return Promise.race([aborted, limit(turn)])
    },
  }
}

/** The SDK retries by itself. Placed inside its retry loop, this hears of each attempt. */
function watchAttempts(
  command: Command,
  { onAttempt, onFailure }: { onAttempt: () => void; onFailure: (thrown: unknown) => void },
): void {
  command.middlewareStack.add(
    (next) => async (args) => {
      onAttempt()
      try {
        return await next(args)
      } catch (thrown) {
        onFailure(thrown)
        throw thrown
      }
    },
    // Stryker disable next-line StringLiteral: as above.
    { step: 'finalizeRequest', priority: 'low' },
  )
}
