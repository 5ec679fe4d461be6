import { devNull } from 'node:os'
import { replaceDate } from '@secrets-cache/bench/shared'
import { type Kind, startBackend } from './backend.ts'
import { canaryKey } from './canary.ts'
import { startLambda } from './lambda.ts'
import { leaksOf } from './leaks/leaks-of.ts'
import type { Lambda, Outcome, Scenario, Subject } from './scenario.ts'

/** What became of one scenario with one subject. */
export interface Verdict {
  /** `undefined` where the fault cannot happen to this subject. */
  readonly passed: boolean | undefined
  /** Why not, in a few words. */
  readonly why?: string
  /** Where a value or the token came out. */
  readonly leaks: readonly string[]
}

/**
 * Runs a scenario with secrets and with parameters, as far as it concerns them, and looks for leaks after each. With
 * `only` it runs with one of the two, which alternates with the number.
 */
export async function runScenario(
  scenario: Scenario,
  subject: Subject,
  { only }: { readonly only?: number } = {},
): Promise<Verdict> {
  const met = subject.kinds.filter((kind) => kind === (scenario.kind ?? kind))
  const kinds = only === undefined ? met : met.slice(only % met.length).slice(0, 1)
  if (!isMet(scenario, subject)) return { passed: undefined, leaks: [] }
  const leaks: string[] = []
  for (const kind of kinds) {
    const verdict = await runOnce(scenario, subject, kind)
    leaks.push(...verdict.leaks)
    if (!verdict.passed) return { ...verdict, leaks }
  }
  return { passed: true, leaks }
}

/** Whether this fault can happen to this subject. */
export function isMet({ kind, on, about }: Scenario, { kinds, faces, lacks = [] }: Subject): boolean {
  if (about !== undefined && lacks.includes(about)) return false
  return (kind === undefined || kinds.includes(kind)) && (on === undefined || faces.includes(on))
}

async function runOnce(scenario: Scenario, subject: Subject, kind: Kind): Promise<Verdict> {
  const { given = 'cold' } = scenario
  const backend = await startBackend(kind, subject.faces)
  const variables = useVariables(backend.local.environment)
  const undoDate = subject.readsDate ? replaceDate(backend.date) : () => {}
  const requests: object[] = []
  const seen: { outcome?: Outcome; error?: unknown; events?: readonly object[] } = {}
  let lambda: Lambda | undefined
  try {
    if (given === 'cold') await scenario.setUp?.(backend)
    lambda = startLambda(subject, scenario, backend, (request) => void requests.push(request))
    seen.events = lambda.events
    if (given !== 'cold') {
      const warm = await warmed(lambda)
      if (warm.error !== undefined || warm.isHung) return { passed: false, why: 'not even warm', leaks: [] }
      if (given === 'expired') backend.pass((scenario.times?.maxAge ?? 60) + 1)
      await scenario.setUp?.(backend)
    }
    const act = scenario.act ?? ((one) => one.invoke())
    const outcome = await act(lambda, backend)
    seen.outcome = outcome
    scenario.expect(outcome, backend, lambda)
    return { passed: true, leaks: leaksNow() }
  } catch (error) {
    seen.error = seen.outcome ? undefined : error
    return {
      passed: false,
      why: String(Object(error).message),
      leaks: leaksNow(),
    }
  } finally {
    lambda?.close()
    undoDate()
    variables.restore()
    await backend.close()
  }

  function leaksNow(): readonly string[] {
    const errors = [seen.outcome?.error, seen.error].filter((error) => error !== undefined)
    // Many requests are alike; the first and the last are enough.
    const requestsSeen = new Set([requests[0], requests.at(-1)].filter((request) => request !== undefined))
    const variablesSeen = variables.changed()
    return leaksOf({
      errors,
      events: seen.events ?? [],
      requests: [...requestsSeen],
      variables: variablesSeen,
    })
  }
}

/** Invokes until it is warm: some scenarios have a short timeout, which a slow machine may exceed. */
async function warmed(lambda: Lambda): Promise<Outcome> {
  for (let tries = 1; ; tries++) {
    const outcome = await lambda.invoke()
    if (outcome.error === undefined || tries === 20) return outcome
  }
}

/** Sets a function's environment variables. Other AWS_ variables are removed, as they could lead the SDK elsewhere. */
function useVariables(environment: Readonly<Record<string, string>>) {
  const before = { ...process.env }
  for (const name of Object.keys(process.env)) if (/^AWS_|^PARAMETERS_/.test(name)) delete process.env[name]
  Object.assign(process.env, environment, {
    AWS_SECRET_ACCESS_KEY: canaryKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  })
  return {
    /** The variables that the subject has set or changed. */
    changed: () =>
      Object.entries(process.env).filter(([name, value]) => !/^AWS_/.test(name) && value !== before[name]),
    restore: () => {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
      Object.assign(process.env, before)
    },
  }
}
