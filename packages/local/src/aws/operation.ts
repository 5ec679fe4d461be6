import type { Account } from '../account/account.ts'
import type { Input } from './input.ts'

export interface OperationContext {
  readonly account: Account
  /** Throws AccessDeniedException when this action on this id is denied. */
  readonly authorise: (action: string, id: string) => void
  /** True when GetParametersByPath must begin with an empty page. */
  readonly emptyPages: () => boolean
}

/** One operation of an AWS API, input and output in AWS JSON 1.1 (dates in seconds, bytes in base64). */
export type Operation = (input: Input, context: OperationContext) => object
