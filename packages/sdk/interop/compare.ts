import { isDeepStrictEqual } from 'node:util'
import { type Account, openAccount, type Scenario, scenarios, type sources } from './scenarios.ts'

export interface Result {
  readonly name: string
  readonly isAsExpected: boolean
  readonly expected: unknown
  readonly seen: unknown
}

/** Plays every scenario, read through this source, against the endpoint that the variables name. */
export async function compare(source: keyof typeof sources): Promise<readonly Result[]> {
  // What an earlier run left behind, or may not delete at once, is out of the way.
  const account = openAccount(`interop-${source}-${Date.now().toString(36)}/`, source)
  const results: Result[] = []
  try {
    for (const scenario of scenarios) results.push(await play(scenario, account))
  } finally {
    await account.close()
  }
  return results
}

async function play({ name, expected, see }: Scenario, account: Account): Promise<Result> {
  const seen = await see(account).catch((error: Error) => `threw ${error.name}: ${error.message}`)
  return { name, isAsExpected: isDeepStrictEqual(plain(seen), plain(expected)), expected, seen }
}

/** A Buffer is a Uint8Array, and a view of another length of memory is the same bytes. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, inner) => (inner instanceof Uint8Array ? [...inner] : inner)) ?? 'null',
  )
}
