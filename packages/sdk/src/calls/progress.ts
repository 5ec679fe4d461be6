import {
  type FetchContext,
  type Reference,
  type SecretsCacheError,
  TimeoutError,
  TokenError,
} from '@secrets-cache/core'
import { giveCredentials } from './failure.ts'

/** How far a call has come. A reader whose time runs out gets the error for what the call was waiting for. */
export interface Progress {
  readonly loading: (packageName: string) => void
  readonly preparing: () => void
  readonly sent: () => void
  /** The error for a call whose time is over now. */
  readonly timedOut: () => SecretsCacheError
}

export function createProgress(references: readonly Reference[], { onWait }: FetchContext): Progress {
  let waiting: SecretsCacheError | undefined
  const tell = (error: SecretsCacheError | undefined) => {
    if (waiting === error) return
    waiting = error
    for (const reference of references) onWait?.(reference, error)
  }
  return {
    loading: (packageName) =>
      tell(
        new TimeoutError({
          reason: `${packageName} was still being loaded`,
          remedy:
            'Give the function more memory, which brings more processor, or bundle @secrets-cache/sdk/static.',
        }),
      ),
    preparing: () =>
      tell(new TokenError({ reason: 'the SDK was still looking for credentials', remedy: giveCredentials })),
    sent: () => tell(undefined),
    timedOut: () => new TimeoutError({ reason: waiting?.reason, remedy: waiting?.remedy }),
  }
}
