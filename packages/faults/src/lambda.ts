import { setTimeout as sleep } from 'node:timers/promises'
import type { SecretsEvent } from '@secrets-cache/core'
import type { Backend } from './backend.ts'
import type { Declares, Lambda, Outcome, Scenario, Setting, Subject, Times } from './scenario.ts'

/** In milliseconds; longer than even a slow machine needs, so what has not answered by then hangs. */
const longestPatience = 8_000

export const defaultTimes = { maxAge: 60, staleWhileRevalidate: 0, staleIfError: 600 } as const

let regions = 0

/** Makes a subject's handler over a backend. Its events, and what its handler could see, are kept for the leak scan. */
export function startLambda(
  subject: Subject,
  scenario: Pick<Scenario, 'declares' | 'times' | 'patience' | 'listener'>,
  backend: Backend,
  onInvoked: (request: object) => void = () => {},
): Lambda {
  const events: SecretsEvent[] = []
  const shared = new Map<unknown, unknown>()
  const closers: (() => void)[] = []
  const close = () => closers.forEach((end) => void end())
  const patience = scenario.patience ?? longestPatience
  const region = `faults-${++regions}`

  function make(declares: Declares, times: Times): Lambda {
    const setting: Setting = {
      kind: backend.kind,
      declared: Object.fromEntries(
        Object.entries(declares).map(([key, one]) => {
          const { role, as } = typeof one === 'string' ? ({ role: one, as: 'text' } as const) : one
          return [key, { id: backend.id(role), as }]
        }),
      ),
      times: { ...defaultTimes, ...times },
      patience,
      region,
      now: backend.now,
      shared,
      onClose: (end) => void closers.push(end),
      onInvoked,
      onEvent: (event) => {
        events.push(event)
        return scenario.listener?.(event)
      },
    }
    const invoke = attempt(() => subject.make(setting))
    if ('error' in invoke) {
      const refusal = { ...invoke, isHung: false }
      return {
        refusal,
        invoke: async () => refusal,
        another: async () => make(declares, times),
        events,
        close,
      }
    }
    return {
      refusal: undefined,
      invoke: (remaining = 60_000) => within(patience, invoke.made(contextOf(remaining))),
      another: async (others, otherTimes = {}) => make(others, otherTimes),
      events,
      close,
    }
  }

  return make(scenario.declares ?? { db: 'db' }, scenario.times ?? {})
}

function contextOf(remainingMilliseconds: number): object {
  return { awsRequestId: 'request-1', getRemainingTimeInMillis: () => remainingMilliseconds }
}

async function within(patience: number, running: Promise<Readonly<Record<string, unknown>>>) {
  const controller = new AbortController()
  const done = running.then(
    (values): Outcome => ({ values, isHung: false }),
    (error: unknown): Outcome => ({ error, isHung: false }),
  )
  // Generous, because a busy machine is late and only a hang never ends.
  const late = sleep(patience + 4_000, { isHung: true }, { signal: controller.signal, ref: false })
  late.catch(() => {})
  const outcome = await Promise.race([done, late])
  controller.abort()
  return outcome
}

function attempt<Made>(make: () => Made): { readonly made: Made } | { readonly error: unknown } {
  try {
    return { made: make() }
  } catch (error) {
    return { error }
  }
}
