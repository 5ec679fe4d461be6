import { createAccount, type Kind, type Written } from './account/account.ts'
import { splitSelector } from './account/arn.ts'
import type { ParameterInput, SecretInput } from './account/values.ts'
import { createAgentHandler } from './agent/agent-handler.ts'
import { createAwsHandler } from './aws/aws-handler.ts'
import { createBackend } from './aws/backend.ts'
import { SECRET_REFERENCE } from './aws/parameter-store/secret-reference.ts'
import type { SecretValue } from './aws/secrets-manager/get-secret-value.ts'
import { createCalls } from './calls.ts'
import { createCommands } from './control/commands.ts'
import { CONTROL_PATH, createControlHandler } from './control/control-handler.ts'
import { createFaults } from './faults/faults.ts'
import { createPlan } from './faults/plan.ts'
import { createWire } from './faults/wire.ts'
import { type Handler, text } from './http.ts'
import { createLayerHandler } from './layer/layer-handler.ts'
import { createLayerLog } from './layer/log.ts'
import { listen } from './listen.ts'
import { checkOptions, type LocalOptions } from './options.ts'
import { createPauses } from './pauses.ts'
import { createTtlCache } from './ttl-cache.ts'

export type Local = Awaited<ReturnType<typeof startLocal>>

/**
 * Starts the stand-in on 127.0.0.1: one pretended AWS account behind the layer's (or the agent's) protocol and behind
 * the AWS JSON protocol, all on one port.
 * @example
 * await using local = await startLocal({ secrets: { 'prod/orders/db': { user: 'app', password: 'x' } } })
 * Object.assign(process.env, local.environment)
 */
export const startLocal = async (options: LocalOptions = {}) => {
  const checked = checkOptions(options)
  const { now, settings, flavour, region, accountId, values } = checked
  let token = checked.token

  const account = createAccount({ region, accountId }, now)
  account.seed(values)
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
  const tokenNow = () => token
  const tokenRefusal = text(checked.tokenRefusal.status, checked.tokenRefusal.body)
  const getHandler =
    flavour === 'agent'
      ? createAgentHandler({
          backend,
          cache: secrets,
          calls,
          token: tokenNow,
          ttl: settings.ttl.secretsmanager,
          wire,
        })
      : createLayerHandler({
          backend,
          cache: texts,
          calls,
          log,
          pauses,
          settings,
          token: tokenNow,
          tokenRefusal,
          wire,
        })
  const aws = createAwsHandler({ backend, calls, wire })

  // The commands need the port that listening gives, so they come second.
  let control: Handler = async () => text(503, 'starting')
  const listener = await listen({
    port: checked.port,
    handler: (request) => {
      if (request.path.startsWith(CONTROL_PATH)) return control(request)
      return request.headers['x-amz-target'] === undefined ? getHandler(request) : aws(request)
    },
    connectionLifetime: flavour === 'agent' ? checked.agentConnectionLifetime : undefined,
  })
  const { port } = listener
  const url = `http://127.0.0.1:${port}`
  let closed = false
  const ended = Promise.withResolvers<void>()
  const faults = createFaults({
    plan,
    pauses,
    now,
    stopListening: listener.stop,
    resumeListening: async () => {
      if (!closed) await listener.resume()
    },
  })
  for (const warning of settings.warnings) log('WARN', warning)
  log('INFO', `Serving on port ${port}`)

  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    pauses.end()
    await listener.stop()
    ended.resolve()
  }

  const reset = async (): Promise<void> => {
    await faults.clear()
    account.seed(values)
    texts.clear()
    secrets.clear()
    calls.reset()
    token = checked.token
  }

  const rotateToken = (next: string): void => {
    token = next
  }

  const environment = (): Readonly<Record<string, string>> => ({
    ...checked.environment,
    PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(port),
    AWS_SESSION_TOKEN: token,
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'AKIALOCALSTANDIN',
    AWS_SECRET_ACCESS_KEY: 'local-stand-in-no-secret',
  })

  control = createControlHandler(
    createCommands({ account, faults, environment, calls: calls.snapshot, rotateToken, reset, close }),
  )

  return {
    port,
    url,
    /** The variables a function needs to find this stand-in. */
    get environment() {
      return environment()
    },
    /** The pretended account, to look into and to write to. */
    account,
    /** A new value for a secret or parameter that is there. The layer's cache still holds the old one for its TTL. */
    rotate: (id: string, value: SecretInput | ParameterInput, choice?: { readonly kind?: Kind }): Written =>
      account.rotate(id, value, choice),
    /** From now on the layer and the agent demand this token. */
    rotateToken,
    /** Counters and a readable list; live. */
    calls: calls.view,
    /** Faults on demand. */
    faults,
    /** Back to the start: the seeds, counters at 0, no faults, an empty layer cache. */
    reset,
    /** Ends every connection and frees the port. */
    close,
    /** Resolves once it has been closed, by whomever. */
    closed: ended.promise,
    [Symbol.asyncDispose]: close,
  }
}
