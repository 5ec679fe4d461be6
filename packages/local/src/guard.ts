import type { IncomingHttpHeaders } from 'node:http'
import { type LocalResponse, text } from './http.ts'

/** Names under which a client on this machine finds us; a web page that re-binds its own name to 127.0.0.1 has another. */
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i

/**
 * What a request is refused with because of whom it comes from, or undefined. Every side of the stand-in holds values,
 * or changes them, so a web page may speak to none: it comes by a host name of its own or with its origin.
 */
export const refusalOf = ({ host = '', origin }: IncomingHttpHeaders): LocalResponse | undefined => {
  if (!LOOPBACK.test(host))
    return text(403, 'Refused: this stand-in answers to 127.0.0.1, localhost and [::1] only.')
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`.toLowerCase())
    return text(403, 'Refused: this stand-in does not answer web pages of another origin.')
  return undefined
}
