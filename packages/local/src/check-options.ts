import type { Values } from './account/account.ts'
import { type LayerEnvironment, type LayerSettings, readSettings } from './layer/settings.ts'
import { LocalError } from './local-error.ts'
import { didYouMean } from './nearest.ts'
import type { LocalOptions } from './options.ts'

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
  // Not `Date.now` itself, because a test may replace Date later.
  now: () => Date.now(),
  log: () => {},
  onCall: () => {},
  page: true,
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

/** Adds defaults, and refuses invalid options before anything starts. */
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
  if (typeof checked.page !== 'boolean') refuse(`page is ${checked.page}; it is true or false.`)
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
const checkPort = (port: number): void => {
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
