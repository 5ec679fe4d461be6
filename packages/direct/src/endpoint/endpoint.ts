import { ConfigurationError } from '@secrets-cache/core'
import type { AwsService } from '@secrets-cache/core/internal/aws'
import { hostName } from './host-name.ts'
import { isLoopback } from './loopback.ts'
import { checkedRegion } from './region.ts'

/** Where a service is asked, and for which Region the request is signed. */
export interface Endpoint {
  readonly region: string
  /** No more than loopback may be asked without TLS. */
  readonly isTls: boolean
  readonly hostname: string
  readonly port: number
  /** As the Host header has it: the port where it is not the usual one. */
  readonly host: string
  readonly path: string
}

const variables = {
  secretsmanager: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  ssm: 'AWS_ENDPOINT_URL_SSM',
} as const

/** What tells the endpoint from another one, unchecked. */
export function nameOfEndpoint(
  service: AwsService,
  region: string | undefined,
  environment: NodeJS.ProcessEnv,
) {
  return [region || environment['AWS_REGION'], urlIn(service, environment)?.url].filter(Boolean).join(' ')
}

/**
 * The endpoint of a service: the one that the variables name, else AWS's own in the Region.
 *
 * @throws ConfigurationError where the Region is missing, and for a URL that cannot be an endpoint
 */
export function endpointOf(
  service: AwsService,
  givenRegion: string | undefined,
  environment: NodeJS.ProcessEnv,
): Endpoint {
  const region = checkedRegion(givenRegion || environment['AWS_REGION'])
  const named = urlIn(service, environment)
  if (named) return { region, ...readUrl(named.variable, named.url) }
  const hostname = hostName(service, region, {
    fips: isOn('AWS_USE_FIPS_ENDPOINT', environment),
    dualStack: isOn('AWS_USE_DUALSTACK_ENDPOINT', environment),
  })
  return { region, isTls: true, hostname, port: 443, host: hostname, path: '/' }
}

function urlIn(service: AwsService, environment: NodeJS.ProcessEnv) {
  if (environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true') return undefined
  for (const variable of [variables[service], 'AWS_ENDPOINT_URL']) {
    const url = environment[variable]
    if (url) return { variable, url }
  }
  return undefined
}

/** The SDKs take "true" in any case, and refuse other words than the two. */
function isOn(variable: string, environment: NodeJS.ProcessEnv): boolean {
  const word = (environment[variable] ?? '').toLowerCase()
  if (word === 'true') return true
  if (word === '' || word === 'false') return false
  throw new ConfigurationError({
    reason: `${variable} is neither true nor false`,
    remedy: 'Write one of them.',
  })
}

/** A URL may hold a password, so nothing of it is quoted. */
function readUrl(variable: string, text: string): Omit<Endpoint, 'region'> {
  const refuse = (reason: string, remedy: string) => new ConfigurationError({ reason, remedy })
  const url = URL.parse(text)
  const { protocol, hostname = '', port, host = '', pathname = '' } = url ?? {}
  if (!url || !/^https?:$/.test(protocol ?? '')) {
    throw refuse('the endpoint is not a URL', `Correct ${variable}: it has the form https://host:port.`)
  }
  if (url.username || url.password || url.search || url.hash) {
    throw refuse(`${variable} has more than a host, a port and a path`, 'Leave the rest of it out.')
  }
  const isTls = protocol === 'https:'
  if (!isTls && !isLoopback(hostname)) {
    throw refuse(
      `${variable} is not encrypted, and not on this machine`,
      'What is sent is signed and not encrypted, and the answer holds the values: plain http is for 127.0.0.1, [::1] and ' +
        'localhost only. Use https, publish the port of an emulator on localhost, or use sdk(), which takes any endpoint.',
    )
  }
  return {
    isTls,
    hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || (isTls ? 443 : 80)),
    host,
    path: pathname.replace(/\/*$/, '/'),
  }
}
