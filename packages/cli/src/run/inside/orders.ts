import type { Task } from '../../modules/module-kind.ts'

/** The argument of a function's process, as JSON. */
export interface Orders {
  readonly file: string
  readonly exportName: string
  readonly task: Task
  /** URLs from which the AWS SDK is looked for when the function has none of its own. */
  readonly sdkPlaces: readonly string[]
}

/** The header of an event before which the function's process forgets what secrets-cache holds in it. */
export const FORGETS = 'x-secrets-cache-local-forgets'
