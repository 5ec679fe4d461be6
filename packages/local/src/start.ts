import type { Kind, Written } from './account/account.ts'
import type { ParameterInput, SecretInput } from './account/values.ts'
import { assemble } from './assemble.ts'
import { checkNode } from './check-node.ts'
import { checkOptions } from './check-options.ts'
import { createCommands } from './control/commands.ts'
import { CONTROL_PATH, createControlHandler } from './control/control-handler.ts'
import { createFaults } from './faults/faults.ts'
import { type Handler, text } from './http.ts'
import { listen } from './listen.ts'
import type { LocalOptions } from './options.ts'
import { createLazyPage, noPage } from './page/lazy-page.ts'
import { isForPage } from './page/path.ts'

checkNode()

/** A running stand-in: its address, its account, its faults, and what it was asked. */
export type Local = Awaited<ReturnType<typeof startLocal>>

/**
 * Starts the stand-in on 127.0.0.1: one simulated AWS account that speaks the protocol of the layer (or the agent) and
 * the AWS JSON protocol on one port.
 * @example
 * await using local = await startLocal({ secrets: { 'prod/orders/db': { user: 'app', password: 'x' } } })
 * Object.assign(process.env, local.environment)
 */
export const startLocal = async (options: LocalOptions = {}) => {
  const checked = checkOptions(options)
  const {
    account,
    calls,
    held,
    log,
    pauses,
    plan,
    handler,
    token,
    forget,
    reset: resetParts,
  } = assemble(checked)
  const { flavour, settings, region } = checked

  // The commands need the port, so they are created after listening has begun.
  let control: Handler = async () => text(503, 'starting')
  let page: Handler = control
  const { port, stop, resume } = await listen({
    port: checked.port,
    handler: (request) => {
      if (isForPage(request)) return page(request)
      return request.path.startsWith(CONTROL_PATH) ? control(request) : handler(request)
    },
    connectionLifetime: flavour === 'agent' ? checked.agentConnectionLifetime : undefined,
  })
  const url = `http://127.0.0.1:${port}`
  if (flavour === 'layer') {
    for (const warning of settings.warnings) log('WARN', warning)
    log('INFO', `Serving on port ${port}`)
  }

  let isClosed = false
  const closed = Promise.withResolvers<void>()
  const close = async (): Promise<void> => {
    if (isClosed) return closed.promise
    isClosed = true
    pauses.end()
    await stop()
    closed.resolve()
  }

  const resumeListening = async (): Promise<void> => {
    if (!isClosed) await resume()
  }
  const faults = createFaults({ plan, pauses, now: checked.now, stopListening: stop, resumeListening })

  const reset = async (): Promise<void> => {
    await faults.clear()
    resetParts()
  }

  const environment = (): Readonly<Record<string, string>> => ({
    ...checked.environment,
    PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(port),
    AWS_SESSION_TOKEN: token.get(),
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'AKIALOCALSTANDIN',
    AWS_SECRET_ACCESS_KEY: 'local-stand-in-no-secret',
  })

  control = createControlHandler(
    createCommands({
      account,
      faults,
      environment,
      calls: calls.snapshot,
      rotateToken: token.set,
      forget,
      reset,
      close,
    }),
  )

  const lazyPage = checked.page
    ? createLazyPage({
        account,
        calls,
        faults,
        plan,
        held,
        forget,
        reset,
        about: { flavour, region, url },
        now: checked.now,
      })
    : undefined
  page = lazyPage?.handler ?? noPage

  return {
    port,
    url,
    /** The address of the page for people, with its token; undefined with `page: false`. */
    page: lazyPage?.address,
    /** The variables a function needs to find this stand-in. */
    get environment() {
      return environment()
    },
    /** The simulated account, for reading and writing. */
    account,
    /** Gives an existing secret or parameter a new value. The layer's cache still holds the old one for its TTL. */
    rotate: (id: string, value: SecretInput | ParameterInput, choice?: { readonly kind?: Kind }): Written =>
      account.rotate(id, value, choice),
    /** The token that the layer and the agent require from now on. */
    rotateToken: token.set,
    /** Live counters and a list of the last calls. */
    calls: calls.view,
    /** Faults on demand. */
    faults,
    /** Empties the cache of the layer or the agent, as if every TTL had run out. */
    forget,
    /** Restores the state of the start: the seeds, counters at 0, no faults, an empty layer cache. */
    reset,
    /** Ends every connection and frees the port. */
    close,
    /** Resolves once it has been closed, by anybody. */
    closed: closed.promise,
    [Symbol.asyncDispose]: close,
  }
}
