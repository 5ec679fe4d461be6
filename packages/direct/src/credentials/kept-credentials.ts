import type { AwsCredentials } from './aws-credentials.ts'

/** Gives the credentials to use now: others than those that were refused, where some were. */
export type FindCredentials = (refused?: AwsCredentials) => PromiseLike<AwsCredentials> | AwsCredentials

/** So long before they expire new ones are asked for, as the AWS SDK does it. Milliseconds. */
const early = 5 * 60_000

/** A request for credentials that has not been answered for longer than a load may take is joined by nobody. */
const longest = 5_000

/**
 * Asks for credentials once for all who need them, and keeps those that have an expiration until shortly before it.
 * Where new ones cannot be had, the old are given for as long as they are valid.
 */
export function keptCredentials(load: (isForced: boolean) => Promise<AwsCredentials>): FindCredentials {
  let held: AwsCredentials | undefined
  let asked: { readonly at: number; readonly answer: Promise<AwsCredentials> } | undefined

  const ask = (isForced: boolean) => {
    const started = { at: Date.now(), answer: load(isForced) }
    asked = started
    const end = () => {
      if (asked === started) asked = undefined
    }
    started.answer.then((credentials) => {
      held = credentials.expiration && credentials
      end()
    }, end)
    return started.answer
  }

  return async (refused) => {
    const isRefused = held !== undefined && held === refused
    if (held && !isRefused && leftOf(held) > early) return held
    const isJoined = asked !== undefined && Math.abs(Date.now() - asked.at) < longest
    try {
      return await (isJoined && asked ? asked.answer : ask(refused !== undefined))
    } catch (thrown) {
      if (held && held !== refused && leftOf(held) > 0) return held
      throw thrown
    }
  }
}

function leftOf({ expiration }: AwsCredentials): number {
  return expiration === undefined ? 0 : expiration.getTime() - Date.now()
}
