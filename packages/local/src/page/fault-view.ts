import type { Fault, Planned } from '../faults/plan.ts'
import type { FaultView } from './messages.ts'

/** The active faults, in words. */
export const faultViews = (planned: readonly Planned[]): readonly FaultView[] =>
  planned.map(({ id, fault, scope, until, left, played }) => ({
    id,
    name: fault.kind === 'respond' ? fault.name : fault.kind,
    detail: detailOf(fault),
    ids: [scope.ids ?? []].flat(),
    at: scope.at ?? 'both',
    left: Number.isFinite(left) ? left : null,
    until: Number.isFinite(until) ? until : null,
    played,
  }))

const detailOf = (fault: Fault): string => {
  switch (fault.kind) {
    case 'slow':
      return `${fault.delay} ms`
    case 'drip':
      return `${fault.interval} ms a byte`
    case 'respond':
      return fault.detail
    case 'deny':
      return fault.action ?? ''
    case 'fail':
      return fault.code
    case 'throttle':
      return `${fault.perSecond}/s of ${fault.service === 'ssm' ? 'Parameter Store' : 'Secrets Manager'}`
    default:
      return ''
  }
}
