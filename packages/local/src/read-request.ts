import type { IncomingMessage } from 'node:http'
import type { LocalRequest } from './http.ts'

/** A request without its body: `connection` is the number of connections that were open when its own was accepted. */
export const requestOf = (message: IncomingMessage, connection: number): Omit<LocalRequest, 'body'> => {
  const target = message.url ?? '/'
  return {
    method: message.method ?? 'GET',
    target,
    ...splitTarget(target),
    headers: Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    ),
    connection,
  }
}

/** What stands before and after the first question mark, byte for byte. */
export const splitTarget = (target: string): { readonly path: string; readonly query: string } => {
  const mark = target.indexOf('?')
  return mark < 0
    ? { path: target, query: '' }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) }
}

/** The body, or undefined when it has more than `most` bytes; the rest is not read. */
export const readBody = async (message: IncomingMessage, most: number): Promise<Buffer | undefined> => {
  if (Number(message.headers['content-length'] ?? 0) > most) return undefined
  const chunks: Buffer[] = []
  let length = 0
  // The message is not destroyed on return: that would close the connection before the answer is sent.
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    length += chunk.byteLength
    if (length > most) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
