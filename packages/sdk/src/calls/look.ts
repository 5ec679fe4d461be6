/** What is read of an error that the SDK threw. */
export interface Seen {
  readonly name: string
  /** The code of the system or of Node; AWS's own code is the name. */
  readonly code: string
  readonly status: number | undefined
  readonly requestId: string
  readonly port: number | undefined
  /** Whether it failed before there was a connection. */
  readonly isConnecting: boolean
  readonly isRegionMissing: boolean
  /** How far this machine's clock is ahead of the server's, in milliseconds, where the answer had a date. */
  readonly clockOffset: number | undefined
}

export function look(thrown: unknown): Seen {
  const { name, code, message, syscall, port, errors, $metadata, $response } = fields(thrown)
  const { httpStatusCode, requestId } = fields($metadata)
  const { date } = fields(fields($response)['headers'])
  // A host with several addresses gives one error for each.
  const ports = [port, fields(fields(errors)[0])['port']]
  return {
    name: word(name),
    code: word(code),
    status: typeof httpStatusCode === 'number' ? httpStatusCode : undefined,
    requestId: word(requestId),
    port: ports.find((one) => typeof one === 'number') as number | undefined,
    isConnecting:
      syscall === 'connect' ||
      (typeof message === 'string' && message.includes('did not establish a connection')),
    isRegionMissing: message === 'Region is missing',
    clockOffset: typeof date === 'string' ? offsetFrom(Date.parse(date)) : undefined,
  }
}

function fields(given: unknown): Record<string | number, unknown> {
  return Object(given) as Record<string | number, unknown>
}

/** A name, code or id as AWS writes them; anything else is not passed on. */
function word(given: unknown): string {
  return typeof given === 'string' && /^[\w.:-]{1,80}$/.test(given) ? given : ''
}

function offsetFrom(date: number): number | undefined {
  return Number.isNaN(date) ? undefined : Date.now() - date
}
