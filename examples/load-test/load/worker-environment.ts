import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Environment } from './load.ts'
import type { Answer } from './serve-invocations.ts'

/**
 * An execution environment in a thread: its own modules, its own cache, its own variables.
 * @param script calls `serveInvocations(handler)`; what it does before that is INIT.
 */
export async function workerEnvironment(
  script: URL,
  variables: Readonly<Record<string, string>>,
): Promise<Environment> {
  const worker = new Worker(script, { env: { ...process.env, ...variables } })
  const pending = new Map<number, PromiseWithResolvers<unknown>>()
  const fail = (error: Error) => {
    for (const { reject } of pending.values()) reject(error)
    pending.clear()
  }
  await once(worker, 'message')

  worker.on('message', ({ id, result, error }: Answer) => {
    const { resolve, reject } = pending.get(id) as PromiseWithResolvers<unknown>
    pending.delete(id)
    if (error) reject(Object.assign(new Error(error.message), { name: error.name }))
    else resolve(result)
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('The environment has ended.')))

  let last = 0
  return {
    invoke(event) {
      const answer = Promise.withResolvers<unknown>()
      pending.set(++last, answer)
      worker.postMessage({ id: last, event })
      return answer.promise
    },
    close: () => worker.terminate(),
  }
}
