import type { ErrorCode } from './codes.ts'

/** What an error may say beside its cause. Nothing here may ever hold a value, a token or a piece of a body. */
export interface ErrorDetails {
  /** The declared key, with the view it stands in: `secrets.db`. */
  readonly key?: string | undefined
  /** The name, ARN or path that was asked for. */
  readonly id?: string | undefined
  /** The name of the source that was asked. */
  readonly source?: string | undefined
  /** What exactly was seen, where the class alone does not say it. */
  readonly reason?: string | undefined
  /** What to do, where something better is known than the class's own advice. */
  readonly remedy?: string | undefined
}

const marker = Symbol.for('@secrets-cache/core/error')

/**
 * The base of every error of this library. `code` is stable, `transient` says whether asking again may help.
 * A message names the key, the id, the source and the remedy; it never carries a value or a foreign error.
 */
export abstract class SecretsCacheError extends Error {
  abstract readonly code: ErrorCode
  abstract readonly transient: boolean
  readonly key: string | undefined
  readonly id: string | undefined
  readonly source: string | undefined
  readonly reason: string | undefined
  readonly remedy: string

  constructor(cause: string, remedy: string, details: ErrorDetails = {}) {
    super(sentence(cause, details.remedy ?? remedy, details))
    this.name = new.target.name
    this.key = details.key
    this.id = details.id
    this.source = details.source
    this.reason = details.reason
    this.remedy = details.remedy ?? remedy
    // Recognised by a second copy of the package too, where `instanceof` fails.
    Object.defineProperty(this, marker, {})
  }

  /** The same error, told to the reader of one declared key. */
  about(subject: Pick<ErrorDetails, 'key' | 'id' | 'source'>): SecretsCacheError {
    const Cause = this.constructor as new (details: ErrorDetails) => SecretsCacheError
    const { id, source, reason, remedy } = this
    return new Cause({ reason, remedy, ...subject, id: id ?? subject.id, source: source ?? subject.source })
  }
}

/** Whether `error` comes from this library, whichever copy of it. */
export function isSecretsCacheError(error: unknown): error is SecretsCacheError {
  return typeof error === 'object' && error !== null && marker in error
}

function sentence(cause: string, remedy: string, { key, id, source, reason }: ErrorDetails): string {
  // JSON keeps a name with a line feed on one line of the log.
  const name = JSON.stringify(id) as string | undefined
  const who = [key, key === undefined ? name : name && `(${name})`].filter(Boolean).join(' ')
  return [who && `${who}: `, cause, reason && `: ${reason}`, source && `, from ${source}`, '. ', remedy].join(
    '',
  )
}
