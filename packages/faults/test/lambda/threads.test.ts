import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from '@jest/globals'
import { askedAgain, startAccount } from './start.ts'

/** A thread that runs a file of this folder. */
function startThread(file: string, environment: Readonly<Record<string, string>>): Worker {
  const execArgv = ['--conditions=@secrets-cache/source']
  return new Worker(new URL(file, import.meta.url), { execArgv, env: { ...environment } })
}

describe('threads', () => {
  it('each ask once and keep their own', async () => {
    const local = await startAccount()
    const threads = [1, 2].map(() => startThread('in-thread.ts', local.environment))
    const answers = await Promise.all(threads.map(async (thread) => (await once(thread, 'message'))[0]))
    expect(answers).toEqual([Array(12).fill('value 1'), Array(12).fill('value 1')])
    // Through each of the four sources.
    expect(local.calls.total).toBe(2 * 4)
    for (const thread of threads) await thread.terminate()
  })

  it('can be ended while they wait, and the others go on', async () => {
    const local = await startAccount()
    local.faults.hang({ times: 1 })
    const asked = askedAgain(local)
    const waiting = startThread('in-thread.ts', local.environment)
    await asked
    const [other] = [startThread('in-thread.ts', local.environment)]
    await waiting.terminate()
    expect(await once(other, 'message')).toEqual([Array(12).fill('value 1')])
    await other.terminate()
  })
})

describe('two copies of the packages in one process', () => {
  it("share one cache, make one view, and know each other's errors", async () => {
    const local = await startAccount()
    const thread = startThread('two-copies.ts', local.environment)
    const [told] = await once(thread, 'message')
    expect(told).toEqual({ areTwo: true, values: ['value 1', 'value 1'], isKnown: true })
    expect(local.calls.list.filter(({ ids, by }) => by === 'client' && ids.includes('prod/db'))).toHaveLength(
      1,
    )
    await thread.terminate()
  })
})
