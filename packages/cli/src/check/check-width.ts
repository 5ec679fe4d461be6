import type { Statement } from '@secrets-cache/core/internal/permissions'
import { asPattern, shown } from '../template/placeholder.ts'
import type { RoleStatement, RoleView } from '../template/role-view.ts'
import { allowsAction } from './decide.ts'
import type { Finding, FindingOf } from './finding.ts'
import { covers, isOpen, mayOverlap } from './globs.ts'

/** The actions that give values, by service. */
const readActions: readonly string[] = [
  'secretsmanager:GetSecretValue',
  'ssm:GetParameter',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
  'ssm:GetParameterHistory',
]
const writeActions: readonly string[] = [
  'secretsmanager:PutSecretValue',
  'secretsmanager:DeleteSecret',
  'ssm:PutParameter',
]

/** What a function declares, as far as it can be known. */
export interface Declared {
  readonly needed: readonly Statement[]
  /** Whether it may also read names that are known only at run time. */
  readonly mayGet: boolean
}

/** Statements that let a role read what is not declared, or change what it only reads. */
export function checkWidth(
  declared: Declared,
  { statements }: RoleView,
  tell: FindingOf,
): readonly Finding[] {
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => [
      ...tooManyResources(statement, declared, tell),
      ...tooManyActions(statement, tell),
    ])
}

function tooManyResources(statement: RoleStatement, declared: Declared, tell: FindingOf): readonly Finding[] {
  const [action] = readActions.filter((one) => allowsAction(statement, one))
  if (action === undefined) return []
  if (statement.notResources.length > 0) {
    return [
      tell('finding', `${statement.where} allows ${action} on all but a few: name what is declared instead.`),
    ]
  }
  return statement.resources.flatMap((resource) =>
    tooWide(resource, `${statement.where} allows ${action} on ${shown(resource)}`, declared, tell),
  )
}

function tooWide(
  resource: string,
  what: string,
  { needed, mayGet }: Declared,
  tell: FindingOf,
): readonly Finding[] {
  const declared = needed.flatMap(({ resources }) => resources).filter((one) => one !== '*')
  const isDeclared = (text: string) =>
    declared.some((one) => covers(one, text) || covers(ofAnyPlace(one), text))
  if (isDeclared(resource)) return []
  const isWider = declared.some((one) => covers(resource, one))
  if (!isWider && isOpenName(resource) && mayBeOneOf(resource, declared)) {
    return [tell('unknown', `cannot tell whether that is declared: ${what}.`)]
  }
  if (isDeclared(resource.replace(/-\*$/, '-??????'))) {
    return [tell('finding', `${what}, and so on longer names too: end it in -?????? instead of -*.`)]
  }
  if (mayGet && isOfOneKind(resource)) {
    return [tell('unknown', `cannot tell whether names that are known only at run time need it: ${what}.`)]
  }
  return [tell('finding', `${what}, which is more than is declared.`)]
}

/** Whether the name is not known; Region and account are those of the stack, whatever they are. */
function isOpenName(resource: string): boolean {
  return isOpen(resource.startsWith('arn:') ? resource.split(':').slice(5).join(':') : resource)
}

function mayBeOneOf(resource: string, declared: readonly string[]): boolean {
  return !resource.startsWith('arn:') || declared.some((one) => mayOverlap(one, resource))
}

/** Whether it is at least a part of a name, and not everything. */
function isOfOneKind(resource: string): boolean {
  return /:(secret:|parameter\/)[^*?]/.test(resource)
}

/** What is declared, wherever the stack will be: a statement may name its Region and account. */
function ofAnyPlace(resource: string): string {
  const fields = resource.split(':')
  return [...fields.slice(0, 5).map(asPattern), ...fields.slice(5)].join(':')
}

/** A wildcard in an action may allow writing. An action that is written out is meant. */
function tooManyActions(statement: RoleStatement, tell: FindingOf): readonly Finding[] {
  const patterns = statement.actions.filter((action) => /[*?]/.test(action))
  const wide = { ...statement, actions: patterns }
  const [action] = writeActions.filter((one) => allowsAction(wide, one))
  return action === undefined
    ? []
    : [
        tell(
          'finding',
          `${statement.where} allows ${patterns.join(', ')}, ${action} with it: write the reading actions out.`,
        ),
      ]
}
