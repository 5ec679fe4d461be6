import type { IncomingHttpHeaders } from 'node:http'
import { type LocalResponse, text } from './http.ts'

/** Host names of this machine. A web page that re-binds its own host name to 127.0.0.1 sends that name instead. */
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i

/**
 * The refusal of a request that may come from a web page, or undefined. Every side of the stand-in returns or changes
 * values, so no web page may use any: its requests have another host name, or an origin.
 */
export const refusalOf = ({ host = '', origin }: IncomingHttpHeaders): LocalResponse | undefined => {
  if (!LOOPBACK.test(host))
    return text(403, 'Refused: this stand-in answers to 127.0.0.1, localhost and [::1] only.')
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`.toLowerCase())
    return text(403, 'Refused: this stand-in does not answer web pages of another origin.')
  return undefined
}
