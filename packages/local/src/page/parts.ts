import type { Account } from '../account/account.ts'
import type { Calls } from '../calls.ts'
import type { Faults } from '../faults/faults.ts'
import type { Plan } from '../faults/plan.ts'
import type { Held } from '../held.ts'
import type { createFunctionEvents } from './function-events.ts'
import type { Update } from './messages.ts'

/** What of the stand-in the page shows and changes. */
export interface PageContext {
  readonly token: string
  readonly account: Account
  readonly calls: Calls
  readonly faults: Faults
  readonly plan: Plan
  readonly held: () => readonly Held[]
  readonly forget: () => void
  readonly reset: () => Promise<void>
  readonly about: NonNullable<Update['about']>
  readonly now: () => number
}

export interface PageParts extends PageContext {
  readonly events: ReturnType<typeof createFunctionEvents>
}
