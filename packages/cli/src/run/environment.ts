import { type Call, type Local, variablesFor } from '@secrets-cache/local/internal'
import type { FoundFunction } from './find-function.ts'
import { functionVariables } from './function-variables.ts'
import { type MissingName, missingNames } from './missing-names.ts'
import type { PostEvents } from './post-events.ts'
import type { Reply } from './reply.ts'
import type { Asked, Report } from './report.ts'
import type { Outcome } from './runtime-api.ts'
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
  readonly timeoutMilliseconds: number
  readonly report: Report
  /** Called with the names that INIT or an invocation read and the account does not have. */
  readonly missed: (missing: readonly MissingName[]) => Promise<void>
}

/** The environment of a function: started when it is needed, and again after it has ended. */
export const createEnvironment = (options: EnvironmentOptions) => {
  const { found, bootstrap, local, valuesFile, takeCalls, print, heard, afterInit } = options
  const { timeoutMilliseconds, report, missed } = options
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
    const names = missing()
    report.init(started.init, since(before), names)
    await missed(names)
    return started
  }

  const since = (before: Asked): Asked => {
    const { layer, aws } = asked(local)
    return { layer: layer - before.layer, aws: aws - before.aws }
  }

  const missing = () => missingNames(takeCalls(), local.account, valuesFile)

  return {
    /**
     * Resolves to how the invocation ended, or INIT before it.
     * @param reply gets the pieces of a streamed response as they come
     */
    invoke: async (event: unknown, reply?: Reply): Promise<Outcome> => {
      if (!sandbox || sandbox.isGone()) sandbox = await start()
      if (sandbox.init.error) return { error: sandbox.init.error }
      const before = asked(local)
      const invocation = await sandbox.invoke({ event, timeoutMilliseconds, forgets, reply })
      forgets = false
      const names = missing()
      report.invocation(kind, invocation, since(before), names)
      await missed(names)
      kind = 'warm'
      return invocation.outcome
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
