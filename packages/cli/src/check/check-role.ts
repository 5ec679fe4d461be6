import type { Statement } from '@secrets-cache/core/internal/permissions'
import { shown } from '../template/placeholder.ts'
import type { RoleView } from '../template/role-view.ts'
import { checkWidth, type Declared } from './check-width.ts'
import { allowsAction, decide } from './decide.ts'
import { type Finding, type FindingOf, findingsFor } from './finding.ts'

/** Whether a role allows what a function declares, and no more. */
export function checkRole(name: string, declared: Declared, role: RoleView): readonly Finding[] {
  const tell = findingsFor(name, 'role')
  return [
    ...checkMissing(declared.needed, role, tell),
    ...checkWidth(declared, role, tell),
    ...role.unseen.map((unseen) =>
      tell('unknown', `${unseen} is not seen here: it may allow more, or deny.`),
    ),
  ]
}

const batchActions: Readonly<Record<string, string>> = {
  'secretsmanager:BatchGetSecretValue': 'secretsmanager:GetSecretValue',
  'ssm:GetParameters': 'ssm:GetParameter',
}

function checkMissing(needed: readonly Statement[], role: RoleView, tell: FindingOf): readonly Finding[] {
  const found = needed.flatMap(({ actions, resources }) =>
    actions.flatMap((action) =>
      resources.map((resource) => ({
        action,
        resource,
        decision: decide(action, resource, role.statements),
      })),
    ),
  )
  return found.flatMap(({ action, resource, decision }) => {
    const where = `${action} on ${shown(resource)}`
    if (decision.is === 'allowed') return []
    if (decision.is === 'denied') return [tell('finding', `${decision.by} denies ${where}.`)]
    if (decision.is === 'open')
      return [tell('unknown', `cannot tell whether the role allows ${where}: see ${decision.by}.`)]
    const [unseen] = role.unseen
    if (unseen !== undefined)
      return [tell('unknown', `cannot tell whether the role allows ${where}: ${unseen} is not seen here.`)]
    return [tell('finding', withoutBatch(action, resource, role) ?? `the role does not allow ${where}.`)]
  })
}

/** Without its batch action a source asks for each value by itself: slower, and not a failure. */
function withoutBatch(action: string, resource: string, { statements }: RoleView): string | undefined {
  const single = batchActions[action]
  if (single === undefined) return undefined
  const isOnAll = resource === '*'
  const canAsk = isOnAll
    ? statements.some((one) => one.effect === 'Allow' && allowsAction(one, single))
    : decide(single, resource, statements).is === 'allowed'
  if (!canAsk) return undefined
  const each = isOnAll ? 'secret' : 'parameter'
  const hint = isOnAll ? " CDK's grantRead does not grant it; grantDeclared of @secrets-cache/cdk does." : ''
  return `the role does not allow the batch action ${action} on ${shown(resource)}: each ${each} is asked for by itself.${hint}`
}
