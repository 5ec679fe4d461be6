import type { Outcome, Reference, Source } from '@secrets-cache/core'
import { failed } from './batches.ts'
import type { Services } from './clients.ts'
import { connectionTo } from './connections.ts'
import { createLimit } from './limit.ts'
import { checkSdkOptions, type SdkOptions } from './options.ts'
import { askParameters } from './parameter-store.ts'
import { askTrees } from './parameter-tree.ts'
import { refusalOf } from './refusal.ts'
import { askSecrets } from './secrets-manager.ts'
import { selectedName } from './selector.ts'
import { createSession } from './session.ts'

/** A source over these services: up to 20 secrets or 10 parameters in one call. */
export function createSource(services: Services, options: SdkOptions): Source {
  checkSdkOptions(options)
  const { region, concurrency = 10 } = options
  const limit = createLimit(concurrency)
  const toSecretsManager = () => connectionTo(services.secretsManager, options.secretsManager, region)
  const toSsm = () => connectionTo(services.ssm, options.ssm, region)

  return {
    name: 'sdk',
    get identity() {
      return `sdk(${toSecretsManager().name}, ${toSsm().name})`
    },
    refreshable: true,
    duringInit: true,
    refusal: refusalOf,
    fetch(references, context) {
      const questions = new Map(references.map((reference) => [keyOf(reference), reference]))
      const of = <Kind extends Reference['kind']>(kind: Kind) =>
        [...questions.values()].filter((one): one is Reference & { kind: Kind } => one.kind === kind)
      const toSsmNow = createSession(toSsm(), limit, context)
      const answers = new Map<Reference | undefined, Promise<Outcome>>([
        ...askSecrets(of('secret'), createSession(toSecretsManager(), limit, context)),
        ...askParameters(of('parameter'), toSsmNow),
        ...askTrees(of('tree'), toSsmNow),
      ])
      return references.map(async (reference) => {
        const outcome = (await answers.get(questions.get(keyOf(reference)))) as Outcome
        return outcome.ok ? outcome : failed(outcome.error.about({ id: reference.id, source: 'sdk' }))
      })
    },
  }
}

/** What makes two references one question. */
function keyOf(reference: Reference): string {
  switch (reference.kind) {
    case 'secret':
      return JSON.stringify([reference.kind, reference.id, reference.stage, reference.versionId])
    case 'parameter':
      return JSON.stringify([reference.kind, selectedName(reference), reference.decrypt])
    case 'tree':
      return JSON.stringify([reference.kind, reference.id, reference.recursive, reference.decrypt])
  }
}
