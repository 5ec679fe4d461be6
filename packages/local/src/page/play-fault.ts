import type { Service } from '../aws/operations.ts'
import type { Outcome } from '../control/commands.ts'
import { FAULT_NAMES, type FaultName, type Faults } from '../faults/faults.ts'
import type { FaultScope } from '../faults/plan.ts'
import { LocalError } from '../local-error.ts'
import { didYouMean } from '../nearest.ts'

type Settings = Readonly<Record<string, unknown>>

/** How each fault of the page is started. `respond` needs code, and `status` does what data can. */
const STARTS = {
  notReady: (faults, scope) => faults.notReady(scope),
  opaque: (faults, scope) => faults.opaque(scope),
  deny: (faults, { ids, ...scope }, { action }) => {
    if (typeof action === 'string') return faults.deny(action, { ...scope, ...(ids ? { ids } : {}) })
    return faults.deny('*', { ids: ids ?? '*', ...scope })
  },
  throttle: (faults, scope, settings) =>
    faults.throttle({ ...scope, perSecond: number(settings, 'perSecond'), service: serviceOf(settings) }),
  fail: (faults, scope, settings) => faults.fail(word(settings, 'code'), scope),
  emptyPages: (faults, scope) => faults.emptyPages(scope),
  slow: (faults, scope, settings) => faults.slow(number(settings, 'milliseconds'), scope),
  hang: (faults, scope) => faults.hang(scope),
  drip: (faults, scope, settings) =>
    faults.drip({ ...scope, intervalMilliseconds: number(settings, 'milliseconds') }),
  truncate: (faults, scope) => faults.truncate(scope),
  reset: (faults, scope) => faults.reset(scope),
  garbage: (faults, scope) => faults.garbage(scope),
  status: (faults, scope, settings) =>
    faults.status(number(settings, 'status'), String(settings['body'] ?? ''), scope),
  redirect: (faults, scope, settings) => faults.redirect(word(settings, 'location'), scope),
  hugeBody: (faults, scope, settings) => faults.hugeBody({ ...scope, bytes: number(settings, 'bytes') }),
} as const satisfies Partial<
  Record<FaultName, (faults: Faults, scope: FaultScope, settings: Settings) => unknown>
>

/** Starts a fault: `{ name, settings, scope }`. */
export const playFault = (faults: Faults, given: Settings): Outcome => {
  const { name } = given
  const settings = objectOf(given['settings'])
  const scope = objectOf(given['scope']) as FaultScope
  if (name === 'refuse') {
    const milliseconds = number(settings, 'milliseconds')
    if (milliseconds <= 0) refuse('milliseconds must be above 0: the page itself is not served meanwhile.')
    return { afterwards: () => void faults.refuse({ milliseconds }) }
  }
  if (typeof name !== 'string' || !Object.hasOwn(STARTS, name))
    return refuse(`there is no "${name}".${didYouMean(String(name), FAULT_NAMES)}`)
  STARTS[name as keyof typeof STARTS](faults, scope, settings)
  return {}
}

const objectOf = (given: unknown): Settings =>
  (typeof given === 'object' && given !== null ? given : {}) as Settings

const number = (settings: Settings, member: string): number => {
  const value = settings[member]
  return typeof value === 'number' && Number.isFinite(value) ? value : refuse(`${member} must be a number.`)
}

const serviceOf = ({ service = 'ssm' }: Settings): Service =>
  service === 'ssm' || service === 'secretsmanager'
    ? service
    : refuse('service is "ssm" or "secretsmanager".')

const word = (settings: Settings, member: string): string => {
  const value = settings[member]
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)
    ? value
    : refuse(`${member} must be text without spaces.`)
}

const refuse = (why: string): never => {
  throw new LocalError('INVALID_OPTION', `A fault: ${why}`)
}
