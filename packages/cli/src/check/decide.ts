import type { RoleStatement } from '../template/role-view.ts'
import { covers, mayOverlap } from './globs.ts'

/** Whether a role allows one action on one resource, as far as a template can tell. */
export type Decision =
  | { readonly is: 'allowed' | 'missing' }
  | { readonly is: 'denied' | 'open'; readonly by: string }

export function decide(action: string, resource: string, statements: readonly RoleStatement[]): Decision {
  const about = statements.map((statement) => ({ statement, match: matchOf(statement, action, resource) }))
  const first = (effect: RoleStatement['effect'], match: Match) =>
    about.find((one) => one.statement.effect === effect && one.match === match)?.statement.where
  const denied = first('Deny', 'yes')
  if (denied !== undefined) return { is: 'denied', by: denied }
  const mayDeny = first('Deny', 'maybe')
  if (mayDeny !== undefined) return { is: 'open', by: mayDeny }
  if (first('Allow', 'yes') !== undefined) return { is: 'allowed' }
  const mayAllow = first('Allow', 'maybe')
  return mayAllow === undefined ? { is: 'missing' } : { is: 'open', by: mayAllow }
}

type Match = 'yes' | 'maybe' | 'no'

function matchOf(statement: RoleStatement, action: string, resource: string): Match {
  const isAction = allowsAction(statement, action)
  const place = isAction ? matchOfResource(statement, resource) : 'no'
  return place === 'yes' && statement.hasCondition ? 'maybe' : place
}

/** Actions are compared without regard to case. */
export function allowsAction({ actions, notActions }: RoleStatement, action: string): boolean {
  const isIn = (patterns: readonly string[]) =>
    patterns.some((pattern) => covers(pattern.toLowerCase(), action.toLowerCase()))
  return isIn(actions) || (notActions.length > 0 && !isIn(notActions))
}

function matchOfResource({ resources, notResources }: RoleStatement, resource: string): Match {
  if (resources.some((pattern) => covers(pattern, resource))) return 'yes'
  if (resources.some((pattern) => mayOverlap(pattern, resource))) return 'maybe'
  if (notResources.length === 0 || notResources.some((pattern) => covers(pattern, resource))) return 'no'
  return notResources.some((pattern) => mayOverlap(pattern, resource)) ? 'maybe' : 'yes'
}
