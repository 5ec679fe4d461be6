/** A role as the template shows it. */
export interface RoleView {
  readonly statements: readonly RoleStatement[]
  /** What may allow or deny more and cannot be seen here: a managed policy, an imported role, a boundary. */
  readonly unseen: readonly string[]
}

export interface RoleStatement {
  /** Where it stands: the policy, and its Sid or number. */
  readonly where: string
  readonly effect: 'Allow' | 'Deny'
  readonly actions: readonly string[]
  readonly notActions: readonly string[]
  readonly resources: readonly string[]
  readonly notResources: readonly string[]
  readonly hasCondition: boolean
}
