import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Counts, Told } from './accounts-process.ts'

export interface Accounts extends AsyncDisposable {
  /** Starts so many, and gives the variables by which each is found. */
  readonly start: (
    count: number,
    variables: Readonly<Record<string, string>>,
  ) => Promise<readonly Readonly<Record<string, string>>[]>
  /** Ends them, and tells what they were asked. */
  readonly stop: () => Promise<Counts>
}

export function startAccounts(): Accounts {
  const child = fork(fileURLToPath(new URL('accounts-process.ts', import.meta.url)))
  const ended = once(child, 'exit')
  const ask = async (told: Told) => {
    child.send(told)
    const [answer] = await Promise.race([once(child, 'message'), ended])
    return answer
  }
  return {
    start: async (start, variables) => ask({ start, variables }),
    stop: async () => ask({ stop: true }),
    async [Symbol.asyncDispose]() {
      child.disconnect()
      await ended
    },
  }
}
