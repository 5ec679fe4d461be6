import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { type LocalResponse, text } from './http.ts'
import { PAGE_PATH } from './page/path.ts'

/**
 * Whether a host, with or without a port, is this machine by name. A web page that re-binds its own host name to
 * 127.0.0.1 sends that name instead.
 */
export const isLoopback = (host: string): boolean => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host)

/**
 * The refusal of a request that may come from a web page, or undefined. Every side of the stand-in returns or changes
 * values, so no web page may use any: its requests have another host name, or an origin.
 */
export const refusalOf = ({ headers, method, url }: Arrival): LocalResponse | undefined => {
  const { host = '', origin } = headers
  if (!isLoopback(host))
    return text(403, 'Refused: this stand-in answers to 127.0.0.1, localhost and [::1] only.')
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`.toLowerCase())
    return text(403, 'Refused: this stand-in does not answer web pages of another origin.')
  if (isOfAnotherSite(headers) && !isOpened({ headers, method, url }))
    return text(403, 'Refused: this stand-in does not answer web pages of another origin.')
  return undefined
}

type Arrival = Pick<IncomingMessage, 'headers' | 'method' | 'url'>

/** Browsers say where a request comes from, also where they send no Origin: for pictures, scripts and frames. */
const isOfAnotherSite = ({ 'sec-fetch-site': site = 'none' }: IncomingHttpHeaders): boolean =>
  site !== 'none' && site !== 'same-origin'

/** Whether a person follows a link to the page, which then stands in a tab of its own. */
const isOpened = ({ headers, method, url = '' }: Arrival): boolean =>
  method === 'GET' &&
  url === PAGE_PATH &&
  headers['sec-fetch-mode'] === 'navigate' &&
  headers['sec-fetch-dest'] === 'document'
