import { ResponseError, type SecretsCacheError, UnreachableError } from '../errors/index.ts'

/** What is known of a request that got no answer. */
export interface NetworkFailure {
  /** The code of the system, of Node's TLS or of its HTTP parser. */
  readonly code: string
  /** Where it was sent, where that is known. */
  readonly port: number | undefined
  /** Whether it failed before there was a connection. */
  readonly isConnecting: boolean
}

const noAddress = /^(ENOTFOUND|EAI_\w+|ENODATA)$/
const noRoute = /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN)$/
const notTrusted = /^(SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_(GET|VERIFY)|ERR_TLS_CERT)/
const outOfDate = /^CERT_(NOT_YET_VALID|HAS_EXPIRED)$/

/** What to do where a connection was never made: in a VPC nothing answers, and nothing refuses either. */
export const openTheNetwork =
  'Where the function is in a VPC, give it a VPC endpoint for the service or a NAT gateway, and let its security ' +
  'group out to port 443 and the endpoint’s group in from it.'

/** The error for a request that got no answer over the network. */
export function failureOfNetwork({ code, port, isConnecting }: NetworkFailure): SecretsCacheError {
  const place = port === undefined ? 'that endpoint' : `port ${port}`
  if (code.startsWith('HPE_')) {
    return new ResponseError({
      reason: code,
      remedy: `Check what listens on ${place}: it does not speak HTTP.`,
    })
  }
  return new UnreachableError({ reason: code, remedy: remedyOf(code, place, isConnecting) })
}

function remedyOf(code: string, place: string, isConnecting: boolean): string | undefined {
  if (noAddress.test(code)) {
    return 'The host has no address: check AWS_REGION and AWS_ENDPOINT_URL, and the DNS of the VPC or machine.'
  }
  if (code === 'ECONNREFUSED') {
    return `Nothing listens on ${place}: check AWS_ENDPOINT_URL, and that what it names runs.`
  }
  if (outOfDate.test(code)) return 'Check the clock of this machine, then the certificate of the endpoint.'
  if (notTrusted.test(code)) {
    return 'The certificate is not trusted: where a proxy is in between, name its CA in NODE_EXTRA_CA_CERTS.'
  }
  return noRoute.test(code) || isConnecting ? openTheNetwork : undefined
}
