import { type Reference, referenceKey } from '../declare/reference.ts'
import type { Outcome, Outcomes } from '../source/source.ts'
import type { AwsService, AwsSession } from './aws-call.ts'
import { askParameters } from './parameter-store.ts'
import { askTrees } from './parameter-tree.ts'
import { askSecrets } from './secrets-manager.ts'
import { selectedName } from './selector.ts'

/** The session for a service in the Region that an ARN names, or, where none is named, in the source's own. */
export type SessionFor = (service: AwsService, reference: Reference) => AwsSession

/**
 * Fetches all references in as few calls as their services allow: each thing once, and what one session can answer
 * together. The outcomes are in the order of the references.
 */
export function fetchFromAws(references: readonly Reference[], sessionFor: SessionFor): Outcomes {
  const distinct = new Map(references.map((reference) => [keyOf(reference), reference]))
  const pending = new Map<Reference | undefined, Promise<Outcome>>([
    ...inSessions('secret', 'secretsmanager', askSecrets),
    ...inSessions('parameter', 'ssm', askParameters),
    ...inSessions('tree', 'ssm', askTrees),
  ])
  return references.map((reference) => pending.get(distinct.get(keyOf(reference))) as Promise<Outcome>)

  function inSessions<Kind extends Reference['kind']>(
    kind: Kind,
    service: AwsService,
    ask: (
      group: (Reference & { kind: Kind })[],
      session: AwsSession,
    ) => Iterable<readonly [Reference, Promise<Outcome>]>,
  ) {
    const ofKind = [...distinct.values()].filter(
      (one): one is Reference & { kind: Kind } => one.kind === kind,
    )
    const groups = Map.groupBy(ofKind, (reference) => sessionFor(service, reference))
    return [...groups].flatMap(([session, group]) => [...ask(group, session)])
  }
}

/** `name:3` and `name` with the option `version: 3` are one thing to AWS, which refuses a name given twice. */
function keyOf(reference: Reference): string {
  if (reference.kind !== 'parameter') return referenceKey('', reference)
  const { decrypt } = reference
  return referenceKey('', { kind: 'parameter', id: selectedName(reference), decrypt })
}
