import type { Values } from './account/account.ts'
import type { Call } from './calls.ts'
import type { LayerEnvironment } from './layer/settings.ts'

/** Which of AWS's two local servers answers GET requests. */
export type Flavour = 'layer' | 'agent'

/** Options of `startLocal`: what the account holds, and how the stand-in behaves. */
export interface LocalOptions extends Values {
  /**
   * The TCP port on 127.0.0.1; 0 = any free one.
   * @default 0
   */
  readonly port?: number
  /**
   * The token that the layer and the agent require in `X-Aws-Parameters-Secrets-Token`.
   * @default 'local-session-token'
   */
  readonly token?: string
  /**
   * Who answers GET requests. The AWS JSON protocol is always available on the same port.
   * @default 'layer'
   */
  readonly flavour?: Flavour
  /**
   * The layer's own variables, such as `SECRETS_MANAGER_TTL`.
   * @default {}
   */
  readonly environment?: LayerEnvironment
  /**
   * The clock for TTLs, throttles and the duration of faults, in milliseconds since 1970.
   * @default Date.now
   */
  readonly now?: () => number
  /**
   * Called with each log line of the layer, in the real layer's format.
   * @default a function that does nothing
   */
  readonly log?: (line: string) => void
  /**
   * Called with each request and API call once its outcome is known.
   * @default a function that does nothing
   */
  readonly onCall?: (call: Call) => void
  /**
   * Whether the stand-in has a page for people at `/_local/`; its address is `local.page`.
   * @default true
   */
  readonly page?: boolean
  /** @default 'eu-west-1' */
  readonly region?: string
  /** @default '123456789012' */
  readonly accountId?: string
  /**
   * What the layer answers to a missing or wrong token.
   * @default as recorded: 401, `x-amzn-errortype: AccessDeniedException`, `bad session token or header key`
   */
  readonly tokenRefusal?: {
    readonly status: number
    readonly body: string
    readonly headers?: Readonly<Record<string, string>>
  }
  /**
   * Milliseconds after which a connection to the agent ends, even while it is in use.
   * @default 61_000
   */
  readonly agentConnectionLifetime?: number
  /**
   * How many connections the agent serves at once, from 1 to 1000 (its `max_conn`). On a connection opened beyond that,
   * it answers 429 to every request until the connection ends.
   * @default 800
   */
  readonly agentMaxConnections?: number
  /**
   * The agent's status when a secret, stage or version is missing, or when stage and version disagree. The agent passes
   * on the status of its backend: AWS documents 400, and 404 was measured with an emulator. Clients use `__type`.
   * @default 404
   */
  readonly agentMissingStatus?: 400 | 404
  /**
   * Seconds for which the agent keeps a value, from 0 to 3600 (its `ttl_seconds`).
   * @default SECRETS_MANAGER_TTL of `environment`, or 300
   */
  readonly agentTtl?: number
}
