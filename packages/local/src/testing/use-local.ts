import { LocalError } from '../local-error.ts'
import type { LocalOptions } from '../options.ts'
import { type Local, startLocal } from '../start.ts'
import { setVariables, variablesFor } from '../variables.ts'
import { forgetSecrets } from './forget-secrets.ts'
import { type invoke, invokeWith } from './invoke.ts'

type Hook = (run: () => Promise<void>) => unknown

/**
 * The hooks of a test runner, by the names of Jest and Vitest or of node:test. The whole module of a runner can be
 * passed.
 */
export type TestHooks = { readonly beforeEach: Hook } & (
  | { readonly beforeAll: Hook; readonly afterAll: Hook }
  | { readonly before: Hook; readonly after: Hook }
)

/** A stand-in for the tests of one file. Before each test, everything that earlier tests did to it is undone. */
export interface LocalForTests
  extends Pick<
    Local,
    'account' | 'calls' | 'environment' | 'faults' | 'port' | 'rotate' | 'rotateToken' | 'url'
  > {
  /** Invokes a handler with a copy of the event and a context of Lambda's shape, whose remaining time counts down. */
  readonly invoke: typeof invoke
  /** Empties the layer's cache and that of secrets-cache in this process, as if all their times had run out. */
  readonly forget: () => void
}

/**
 * Starts a stand-in before a file's tests and ends it after them. Before each test: the account as given here, no
 * faults, counters at 0, nothing cached, and `process.env` that of a function beside it.
 * @param hooks those of the runner, needed when they are not global.
 * @example const aws = useLocal({ secrets: { 'prod/stripe/key': 'test-key' } }, hooks)
 */
export const useLocal = (options: LocalOptions, hooks: TestHooks): LocalForTests => {
  const { beforeAll, beforeEach, afterAll } = hooksOf(hooks)
  const before = { ...process.env }
  let running: Local | undefined

  beforeAll(async () => {
    running = await startLocal(options)
    setVariables(variablesFor(before, running.environment))
  })
  beforeEach(async () => {
    const local = started(running)
    await local.reset()
    forgetSecrets()
    setVariables(variablesFor(before, local.environment))
  })
  afterAll(async () => {
    setVariables(before)
    await running?.close()
  })

  return {
    get account() {
      return started(running).account
    },
    get calls() {
      return started(running).calls
    },
    get environment() {
      return started(running).environment
    },
    get faults() {
      return started(running).faults
    },
    get port() {
      return started(running).port
    },
    get url() {
      return started(running).url
    },
    rotate: (...given) => started(running).rotate(...given),
    rotateToken: (token) => started(running).rotateToken(token),
    invoke: (handler, event, options = {}) =>
      invokeWith(handler, event, options, () => progressOf(started(running))),
    forget: () => {
      started(running).forget()
      forgetSecrets()
    },
  }
}

/** A number that changes whenever a request arrives or is answered. */
const progressOf = ({ calls }: Local): number => calls.total + calls.upstream + calls.list.length

const started = (local: Local | undefined): Local => {
  if (local) return local
  throw new LocalError(
    'NOT_STARTED',
    'useLocal starts with the tests of its file: use it inside a test or a hook.',
  )
}

const hooksOf = (hooks: TestHooks) => {
  const given = hooks as {
    readonly [Name in 'beforeAll' | 'before' | 'beforeEach' | 'afterAll' | 'after']?: Hook
  }
  const { beforeAll = given.before, beforeEach, afterAll = given.after } = given
  if (beforeAll && beforeEach && afterAll) return { beforeAll, beforeEach, afterAll }
  throw new LocalError(
    'INVALID_OPTION',
    "useLocal: there are no hooks. Call it at the top of a test file; where they are not global, give your runner's " +
      "module: import * as hooks from 'node:test' (or 'vitest', '@jest/globals'), useLocal({ ... }, hooks).",
  )
}
