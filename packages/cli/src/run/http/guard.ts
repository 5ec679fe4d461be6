import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { isLoopback } from '@secrets-cache/local/internal'

/**
 * Why a request is not passed to the function, or undefined. It has the credentials of a developer's machine, so no page
 * of another site may call it: neither under a name that it made lead here, nor by its own requests. Pages of this
 * machine may, and a link or a redirection from elsewhere may lead here.
 */
export const refusalOf = ({ headers, method }: Arrival): string | undefined => {
  const { host = '', origin } = headers
  if (!isLoopback(host)) return 'Refused: this function answers to 127.0.0.1, localhost and [::1] only.'
  const isFromHere =
    origin === undefined ? !isOfAnotherSite(headers) : isLoopback(origin.replace(/^https?:\/\//, ''))
  if (isFromHere || isFollowed({ headers, method })) return undefined
  return 'Refused: this function does not answer web pages of other sites.'
}

type Arrival = Pick<IncomingMessage, 'headers' | 'method'>

/** Pages of this machine on another port are of the same site where they have the same name. */
const isOfAnotherSite = ({ 'sec-fetch-site': site }: IncomingHttpHeaders): boolean => site === 'cross-site'

const isFollowed = ({ headers, method }: Arrival): boolean =>
  method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
