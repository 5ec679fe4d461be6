import type { Values } from './account/account.ts'
import type { Call } from './calls.ts'
import { type LayerEnvironment, type LayerSettings, readSettings } from './layer/settings.ts'
import { LocalError } from './local-error.ts'
import { didYouMean } from './nearest.ts'

/** Which of AWS's two local servers answers GET requests. */
export type Flavour = 'layer' | 'agent'

export interface LocalOptions extends Values {
  /**
   * The TCP port on 127.0.0.1; 0 = any free one.
   * @default 0
   */
  readonly port?: number
  /**
   * What the layer and the agent demand in `X-Aws-Parameters-Secrets-Token`.
   * @default 'local-session-token'
   */
  readonly token?: string
  /**
   * Who answers GET requests. The AWS JSON protocol is always there, on the same port.
   * @default 'layer'
   */
  readonly flavour?: Flavour
  /**
   * The layer's own variables, such as `SECRETS_MANAGER_TTL`.
   * @default {}
   */
  readonly environment?: LayerEnvironment
  /**
   * Milliseconds since 1970; judges TTLs, throttles and how long a fault lasts.
   * @default Date.now
   */
  readonly now?: () => number
  /**
   * Hears the layer's log lines, in the real layer's format.
   * @default nobody
   */
  readonly log?: (line: string) => void
  /**
   * Hears every request and API call when its outcome is known.
   * @default nobody
   */
  readonly onCall?: (call: Call) => void
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
   * Milliseconds a connection to the agent lives, whatever it does.
   * @default 61_000
   */
  readonly agentConnectionLifetime?: number
  /**
   * Connections the agent serves, from 1 to 1000 (its `max_conn`). It answers 429 for as long as it lives on one that
   * was opened beyond them.
   * @default 800
   */
  readonly agentMaxConnections?: number
  /**
   * The status with which the agent says that a secret, stage or version is missing, or that stage and version
   * disagree. It passes its backend's on: AWS documents 400, and 404 was seen before emulators. Clients go by `__type`.
   * @default 404
   */
  readonly agentMissingStatus?: 400 | 404
  /**
   * Seconds the agent keeps a value, from 0 to 3600 (its `ttl_seconds`).
   * @default SECRETS_MANAGER_TTL of `environment`, or 300
   */
  readonly agentTtl?: number
}

export interface CheckedOptions
  extends Required<Omit<LocalOptions, 'environment' | 'secrets' | 'parameters'>> {
  readonly environment: LayerEnvironment
  readonly settings: LayerSettings
  readonly values: Values
}

const DEFAULTS = {
  port: 0,
  token: 'local-session-token',
  flavour: 'layer',
  environment: {},
  // The clock of the moment: a test may replace Date.
  now: () => Date.now(),
  log: () => {},
  onCall: () => {},
  region: 'eu-west-1',
  accountId: '123456789012',
  tokenRefusal: {
    status: 401,
    headers: { 'x-amzn-errortype': 'AccessDeniedException' },
    body: 'bad session token or header key',
  },
  agentConnectionLifetime: 61_000,
  agentMaxConnections: 800,
  agentMissingStatus: 404,
} as const satisfies LocalOptions

const FLAVOURS: readonly string[] = ['layer', 'agent']

/** Fills in defaults; what cannot be meant is refused before anything starts. */
export const checkOptions = (options: LocalOptions): CheckedOptions => {
  const allowed = [...Object.keys(DEFAULTS), 'agentTtl', 'secrets', 'parameters']
  for (const name of Object.keys(options)) {
    if (!allowed.includes(name)) refuse(`unknown option "${name}".${didYouMean(name, allowed)}`)
  }
  const { secrets = {}, parameters = {}, ...rest } = options
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  const ttl = Number(rest.environment?.SECRETS_MANAGER_TTL || 300)
  const checked: Required<Omit<LocalOptions, 'secrets' | 'parameters'>> = {
    ...DEFAULTS,
    agentTtl: ttl,
    ...given,
  }
  checkPort(checked.port)
  if (!FLAVOURS.includes(checked.flavour))
    refuse(`flavour is "${checked.flavour}"; it is layer or agent.${didYouMean(checked.flavour, FLAVOURS)}`)
  if (!/^\d{12}$/.test(checked.accountId))
    refuse(`accountId is "${checked.accountId}"; it has twelve digits.`)
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(checked.region))
    refuse(`region is "${checked.region}"; it looks like eu-west-1.`)
  if (typeof checked.token !== 'string' || checked.token === '')
    refuse('token must be text that is not empty.')
  if (checked.flavour === 'agent') {
    checkRange('agentMaxConnections', checked.agentMaxConnections, 1, 1000)
    checkRange('agentTtl', checked.agentTtl, 0, 3600)
  }
  if (checked.agentMissingStatus !== 400 && checked.agentMissingStatus !== 404)
    refuse(`agentMissingStatus is ${checked.agentMissingStatus}; it is 400 or 404.`)
  return { ...checked, settings: readSettings(checked.environment), values: { secrets, parameters } }
}

/** Throws unless this is a port or 0. */
export const checkPort = (port: number): void => {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    refuse(`port is ${port}; it is a whole number from 0 (any free one) to 65535.`)
}

const checkRange = (name: string, given: number, least: number, most: number): void => {
  if (!Number.isInteger(given) || given < least || given > most)
    refuse(`${name} is ${given}; it is a whole number from ${least} to ${most}.`)
}

const refuse = (why: string): never => {
  throw new LocalError('INVALID_OPTION', `startLocal: ${why}`)
}
