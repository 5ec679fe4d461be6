import type { ErrorCode } from './codes.ts'

/** What an error may say beside its cause. Nothing here may ever hold a value, a token or a piece of a body. */
export interface ErrorDetails {
  /** The declared key, with its view: `secrets.db`. */
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

/** What an error is about, given where the declared key is known. */
export interface ErrorSubject extends Pick<ErrorDetails, 'key' | 'id' | 'source'> {
  /** The failure is remembered, not new: after so many milliseconds the source is asked again. */
  readonly retryAfterMilliseconds?: number | undefined
}

const marker = Symbol.for('@secrets-cache/core/error')

/**
 * The base of every error of this library. `code` is stable; `transient` says whether asking again may help.
 * A message names the key, the id, the source and the remedy; it never carries a value or a foreign error.
 */
export abstract class SecretsCacheError extends Error {
  /** `error.name`: a literal, because a minifier renames the class. */
  static readonly label: string
  static readonly summary: string
  static readonly remedy: string
  abstract readonly code: ErrorCode
  abstract readonly transient: boolean
  readonly key: string | undefined
  readonly id: string | undefined
  readonly source: string | undefined
  readonly reason: string | undefined
  readonly remedy: string

  constructor(details: ErrorDetails = {}, summary: string = new.target.summary) {
    const remedy = details.remedy ?? new.target.remedy
    super(sentence(summary, remedy, details))
    this.name = new.target.label
    this.key = details.key
    this.id = details.id
    this.source = details.source
    this.reason = details.reason
    this.remedy = remedy
    // A second copy of the package recognises the error by this mark; `instanceof` fails there.
    Object.defineProperty(this, marker, {})
  }

  /** The same error, for the reader of one declared key. */
  about({ key, id, source, retryAfterMilliseconds }: ErrorSubject): SecretsCacheError {
    const Same = this.constructor as new (details: ErrorDetails) => SecretsCacheError
    return new Same({
      key,
      id: this.id ?? id,
      source: this.source ?? source,
      reason: withRetry(this.reason, retryAfterMilliseconds),
      remedy: this.remedy,
    })
  }
}

/**
 * Whether `error` comes from this library, whichever copy of it.
 * @example if (isSecretsCacheError(error) && error.code === 'NOT_FOUND') console.log(error.remedy)
 */
export function isSecretsCacheError(error: unknown): error is SecretsCacheError {
  return typeof error === 'object' && error !== null && marker in error
}

function withRetry(reason: string | undefined, retryAfterMilliseconds: number | undefined) {
  if (retryAfterMilliseconds === undefined) return reason
  const seconds = Math.max(0.1, retryAfterMilliseconds / 1_000).toFixed(1)
  return `${reason ? `${reason}; ` : ''}remembered from the last attempt, asked again in ${seconds} s`
}

function sentence(summary: string, remedy: string, { key, id, source, reason }: ErrorDetails): string {
  // JSON keeps a name with a line feed on one line of the log.
  const name = JSON.stringify(id) as string | undefined
  const subject = [key, key === undefined ? name : name && `(${name})`].filter(Boolean).join(' ')
  return [
    subject && `${subject}: `,
    summary,
    reason && `: ${reason}`,
    source && `, from ${source}`,
    '. ',
    remedy,
  ].join('')
}
