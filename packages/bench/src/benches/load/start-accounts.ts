import { startAnswering } from '../../answering-process.ts'
import type { AccountsOrder, Counts } from './accounts-process.ts'

type Variables = Readonly<Record<string, string>>

export interface Accounts extends AsyncDisposable {
  /** Starts `count` stand-ins; resolves to the environment variables that point to each. */
  readonly start: (count: number, variables: Variables) => Promise<readonly Variables[]>
  /** Ends them; resolves to the requests that they received. */
  readonly stop: () => Promise<Counts>
}

export function startAccounts(): Accounts {
  const child = startAnswering<AccountsOrder, never>(new URL('accounts-process.ts', import.meta.url))
  return {
    start: (start, variables) => child.ask({ start, variables }),
    stop: () => child.ask({ stop: true }),
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}
