import { type Call, type Local, variablesFor } from '@secrets-cache/local/internal'
import type { FoundFunction } from './find-function.ts'
import { functionVariables } from './function-variables.ts'
import { missingNames } from './missing-names.ts'
import type { PostEvents } from './post-events.ts'
import type { Asked, Report } from './report.ts'
import { type Sandbox, startSandbox } from './sandbox.ts'

export interface EnvironmentOptions {
  readonly found: FoundFunction
  readonly bootstrap: URL
  readonly local: Local
  readonly valuesFile: string | undefined
  /** Returns the calls since the last time. */
  readonly takeCalls: () => readonly Call[]
  /** Called with each line that the function prints. */
  readonly print: (line: string) => void
  /** Called with each event of secrets-cache in the function. */
  readonly heard: PostEvents
  readonly afterInit: () => void
  readonly readEvent: () => unknown
  readonly timeoutMilliseconds: number
  readonly report: Report
}

/** The environment of a function: started when it is needed, and again after it has ended. */
export const createEnvironment = (options: EnvironmentOptions) => {
  const { found, bootstrap, local, valuesFile, takeCalls, print, heard, afterInit } = options
  const { readEvent, timeoutMilliseconds, report } = options
  let sandbox: Sandbox | undefined
  let kind: 'cold' | 'warm' = 'cold'
  let forgets = false

  /** INIT, during which the layer answers nothing but "not ready". A new environment has a layer of its own, too. */
  const start = async (): Promise<Sandbox> => {
    const before = asked(local)
    local.forget()
    forgets = false
    const notReady = local.faults.notReady()
    const started = await startSandbox({
      ...found,
      bootstrap,
      variables: {
        ...variablesFor(process.env, local.environment),
        ...functionVariables(found, local.environment['AWS_REGION'] ?? ''),
      },
      print,
      heard,
    })
    notReady.clear()
    afterInit()
    kind = 'cold'
    report.init(started.init, since(before), missing())
    return started
  }

  const since = (before: Asked): Asked => {
    const { layer, aws } = asked(local)
    return { layer: layer - before.layer, aws: aws - before.aws }
  }

  const missing = () => missingNames(takeCalls(), local.account, valuesFile)

  return {
    /** Resolves to whether INIT and the invocation went well. */
    invoke: async (): Promise<boolean> => {
      const event = readEvent()
      if (!sandbox || sandbox.isGone()) sandbox = await start()
      if (sandbox.init.error) return false
      const before = asked(local)
      const invocation = await sandbox.invoke(event, timeoutMilliseconds, forgets)
      forgets = false
      report.invocation(kind, invocation, since(before), missing())
      kind = 'warm'
      return !('error' in invocation.outcome)
    },
    /** Empties the layer's cache now, and that of secrets-cache in the function before its next invocation. */
    forget: (): void => {
      local.forget()
      forgets = true
    },
    /** The function's own files that were loaded. */
    files: (): Iterable<string> => sandbox?.files ?? [],
    end: async (): Promise<void> => sandbox?.end(),
  }
}

const asked = ({ calls }: Local): Asked => ({
  layer: calls.layer.secretsmanager + calls.layer.systemsmanager,
  aws: calls.upstream,
})
