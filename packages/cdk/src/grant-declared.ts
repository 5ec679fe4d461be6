import { type Describable, describeDeclared } from '@secrets-cache/core'
import { statementsFor } from '@secrets-cache/core/internal/permissions'
import { Stack } from 'aws-cdk-lib'
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import type { IConstruct } from 'constructs'

/** How what is declared is granted. */
export interface GrantOptions {
  /**
   * Where the function reads from, if the declaration does not hold its source: who asks AWS itself needs the batch
   * actions too. `firstOf(extension, sdk)` is both.
   * @default 'extension'
   */
  readonly source?: 'extension' | 'sdk' | 'direct' | 'firstOf(extension, sdk)' | undefined
  /** Keys of your own that encrypt what is declared; what AWS's own keys encrypt needs none. */
  readonly kmsKeys?: readonly IKey[] | undefined
}

/**
 * Grants a function, or a role, the least that it needs for what it declares: exact ARNs, names with a pattern for the
 * six characters that AWS adds, and the batch actions where its source uses them.
 * `declared` are the options of the middleware, or only `secrets` and `parameters`.
 * @throws {ConfigurationError} a declaration can never work, as the middleware would say it.
 * @example grantDeclared(fn, { secrets, parameters })
 */
export function grantDeclared(
  grantee: IGrantable & IConstruct,
  declared: Describable,
  { source = 'extension', kmsKeys = [] }: GrantOptions = {},
): void {
  const described = describeDeclared(declared).map((one) => ({ ...one, source: one.source ?? source }))
  const { partition, region, account } = Stack.of(grantee)
  for (const { sid, actions, resources } of statementsFor(described, { partition, region, account })) {
    const statement = new PolicyStatement({ sid, actions: [...actions], resources: [...resources] })
    grantee.grantPrincipal.addToPrincipalPolicy(statement)
  }
  for (const key of kmsKeys) key.grantDecrypt(grantee)
}
