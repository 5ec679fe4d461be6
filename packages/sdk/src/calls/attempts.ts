import type { SdkCommand } from '../clients/services.ts'

/** What happens inside one `send` of the SDK, which retries by itself. */
export interface AttemptListener {
  readonly onAttempt: () => void
  readonly onFailure: (thrown: unknown) => void
}

/** Listens to each attempt of a command: a middleware inside the SDK's retry loop. */
export function watchAttempts(command: SdkCommand, { onAttempt, onFailure }: AttemptListener): void {
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
    // Stryker disable next-line StringLiteral: where the SDK puts a step it does not know is not ours.
    { step: 'finalizeRequest', priority: 'low' },
  )
}
