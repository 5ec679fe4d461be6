import { useState } from 'preact/hooks'
import { send } from './connection.ts'

/** Sends commands, and keeps the message of the last one that failed. */
export const useCommand = () => {
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  const run = async <Result = unknown>(command: string, given: object = {}): Promise<Result | undefined> => {
    setBusy(true)
    try {
      const result = await send<Result>(command, given)
      setProblem('')
      return result
    } catch (error) {
      setProblem((error as Error).message)
      return undefined
    } finally {
      setBusy(false)
    }
  }
  return { run, problem, setProblem, isBusy }
}
