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
   * The layer's own variables, such as `SECRETS_MANAGER_TTL`. The agent takes its TTL from there too.
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
   * What the layer answers to a missing or wrong token: unverified for the real one, so choose.
   * @default { status: 401, body: 'Unauthorized' }
   */
  readonly tokenRefusal?: { readonly status: number; readonly body: string }
  /**
   * Milliseconds a connection to the agent lives, whatever it does.
   * @default 61_000
   */
  readonly agentConnectionLifetime?: number
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
  now: Date.now,
  log: () => {},
  onCall: () => {},
  region: 'eu-west-1',
  accountId: '123456789012',
  tokenRefusal: { status: 401, body: 'Unauthorized' },
  agentConnectionLifetime: 61_000,
} as const satisfies LocalOptions

const FLAVOURS: readonly string[] = ['layer', 'agent']

/** Fills in defaults; what cannot be meant is refused before anything starts. */
export const checkOptions = (options: LocalOptions): CheckedOptions => {
  const allowed = [...Object.keys(DEFAULTS), 'secrets', 'parameters']
  for (const name of Object.keys(options)) {
    if (!allowed.includes(name)) refuse(`unknown option "${name}".${didYouMean(name, allowed)}`)
  }
  const { secrets = {}, parameters = {}, ...rest } = options
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  const checked: Required<Omit<LocalOptions, 'secrets' | 'parameters'>> = { ...DEFAULTS, ...given }
  checkPort(checked.port)
  if (!FLAVOURS.includes(checked.flavour))
    refuse(`flavour is "${checked.flavour}"; it is layer or agent.${didYouMean(checked.flavour, FLAVOURS)}`)
  if (!/^\d{12}$/.test(checked.accountId))
    refuse(`accountId is "${checked.accountId}"; it has twelve digits.`)
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(checked.region))
    refuse(`region is "${checked.region}"; it looks like eu-west-1.`)
  if (typeof checked.token !== 'string' || checked.token === '')
    refuse('token must be text that is not empty.')
  return { ...checked, settings: readSettings(checked.environment), values: { secrets, parameters } }
}

/** Throws unless this is a port or 0. */
export const checkPort = (port: number): void => {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    refuse(`port is ${port}; it is a whole number from 0 (any free one) to 65535.`)
}

const refuse = (why: string): never => {
  throw new LocalError('INVALID_OPTION', `startLocal: ${why}`)
}
