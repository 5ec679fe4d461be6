import { createAccount } from './account/account.ts'
import { splitSelector } from './account/arn.ts'
import { createAgentHandler } from './agent/agent-handler.ts'
import { createAwsHandler } from './aws/aws-handler.ts'
import { createBackend } from './aws/backend.ts'
import { SECRET_REFERENCE } from './aws/parameter-store/secret-reference.ts'
import type { SecretValue } from './aws/secrets-manager/get-secret-value.ts'
import { createCalls } from './calls.ts'
import type { CheckedOptions } from './check-options.ts'
import { createPlan } from './faults/plan.ts'
import { createWire } from './faults/wire.ts'
import { heldIn } from './held.ts'
import { type Handler, type LocalResponse, text } from './http.ts'
import { createLayerHandler } from './layer/layer-handler.ts'
import { createLayerLog } from './layer/log.ts'
import { createPauses } from './pauses.ts'
import { createTtlCache } from './ttl-cache.ts'

const layerRefusal = ({ status, body, headers }: CheckedOptions['tokenRefusal']): LocalResponse => {
  const refusal = text(status, body)
  return { ...refusal, headers: { ...refusal.headers, ...headers } }
}

/** Everything except the socket: the account and the protocols that serve it. */
export const assemble = (checked: CheckedOptions) => {
  const { now, settings, flavour, region, accountId, values, tokenRefusal } = checked
  let demanded = checked.token

  const account = createAccount({ region, accountId }, now)
  account.seed(values)

  /**
   * The plain name of an id, so that a fault on a name also applies to its ARN, its selectors and its Parameter Store
   * reference.
   */
  const nameOf = (id: string): string => {
    const name = id.startsWith(SECRET_REFERENCE) ? id.slice(SECRET_REFERENCE.length) : id
    const { name: plain } = splitSelector(name)
    return account.secrets.find(name)?.name ?? account.parameters.find(plain)?.name ?? plain
  }

  const pauses = createPauses()
  const calls = createCalls(now, checked.onCall)
  const plan = createPlan(now, nameOf)
  const wire = createWire(plan, pauses)
  const backend = createBackend({ account, plan, calls, pauses })
  const log = createLayerLog(settings.logLevel, checked.log, now)
  const texts = createTtlCache<string>(settings.cacheSize, now)
  const secrets = createTtlCache<SecretValue>(settings.cacheSize, now)

  const common = { backend, calls, token: () => demanded, wire }
  const local: Handler =
    flavour === 'agent'
      ? createAgentHandler({
          ...common,
          cache: secrets,
          maxConnections: checked.agentMaxConnections,
          missingStatus: checked.agentMissingStatus,
          ttl: checked.agentTtl,
        })
      : createLayerHandler({
          ...common,
          cache: texts,
          log,
          pauses,
          settings,
          tokenRefusal: layerRefusal(tokenRefusal),
        })
  const aws = createAwsHandler(common)

  const forget = (): void => {
    texts.clear()
    secrets.clear()
  }

  return {
    account,
    calls,
    forget,
    /** What the layer or the agent holds. */
    held: () => heldIn({ texts, secrets, ttl: settings.ttl, agentTtl: checked.agentTtl }),
    log,
    pauses,
    plan,
    /** An SDK names its operation in a header; a request without that header is for the layer or the agent. */
    handler: ((request) =>
      request.headers['x-amz-target'] === undefined ? local(request) : aws(request)) satisfies Handler,
    token: {
      get: () => demanded,
      set: (next: string): void => {
        demanded = next
      },
    },
    /** Restores the state of the start, except for faults. */
    reset: (): void => {
      account.seed(values)
      forget()
      calls.reset()
      demanded = checked.token
    },
  }
}
