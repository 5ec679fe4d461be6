import { randomUUID } from 'node:crypto'
import { splitTarget } from '@secrets-cache/local/internal'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'

/** A request as it came. */
export interface HttpRequest {
  readonly method: string
  /** The path and the query, as they were sent. */
  readonly target: string
  /** Lower-case names; several lines of one header are joined by a comma, those of cookies by a semicolon. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body?: Buffer
  readonly sourceIp?: string
}

/** Payload format 2.0: what a Function URL and an HTTP API send to a function. */
export const httpEvent = (request: HttpRequest, now = new Date()): APIGatewayProxyEventV2 => {
  const { method, target, headers, body, sourceIp = '127.0.0.1' } = request
  const { path: sent, query } = splitTarget(target)
  const path = decodedPath(sent)
  const { cookie, ...others } = headers
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers: others,
    ...(query === '' ? {} : { queryStringParameters: joined(query) }),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName: headers['host'] ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: accessLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...bodyOf(body, headers['content-type']),
  }
}

/** What AWS sends as it is. Everything else is base64, forms too. */
const TEXT = /^(text\/|application\/(json|javascript|xml)\b|[^;]*\+(json|xml)\b)/i

const bodyOf = (body: Buffer | undefined, type = '') => {
  if (body === undefined || body.byteLength === 0) return { isBase64Encoded: false }
  const isText = TEXT.test(type)
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText }
}

/** A parameter that comes more than once has its values joined by commas. */
const joined = (query: string): Readonly<Record<string, string>> => {
  const values: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(query))
    values[name] = Object.hasOwn(values, name) ? `${values[name]},${value}` : value
  return values
}

/** AWS decodes the path; one that cannot be decoded stays. */
const decodedPath = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `26/Nov/2026:17:05:00 +0000`. */
const accessLogTime = (now: Date): string => {
  const [date = '', time = ''] = now.toISOString().split('T')
  const [year, month, day] = date.split('-')
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`
}
