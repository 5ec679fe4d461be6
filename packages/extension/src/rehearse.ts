import { hasSubscribers } from 'node:diagnostics_channel'
import { ask } from './ask.ts'
import { type Client, createConnections } from './connections.ts'
import type { Askable } from './endpoint.ts'
import { createServed } from './served.ts'

/** Opens a client that sends nothing and gets this answer. */
export type OpenPretended = (origin: string, answer: Buffer) => Client

const bodies = {
  secret: { ARN: '', SecretString: '', VersionId: '' },
  parameter: { Parameter: { ARN: '', Type: 'String', Value: '', Version: 1 } },
}

/**
 * Asks for a secret and a parameter that do not exist, over a socket that is connected to nothing. Then the code between
 * a source and its socket has been compiled, the parser's WebAssembly too, before the first invocation needs it.
 * All of it happens in microtasks: Lambda's runtime ends INIT as soon as they are done.
 */
export async function rehearse(openPretended: OpenPretended): Promise<void> {
  // Whoever watches undici's requests must not see one that was never sent.
  if (hasSubscribers('undici:request:create')) return
  await rehearseOne('secret', openPretended)
}

async function rehearseOne(kind: Askable['kind'], openPretended: OpenPretended): Promise<void> {
  const answer = answerWith(JSON.stringify(bodies[kind]))
  await ask({ kind, id: 'rehearsal' } as Askable, context(), {
    name: 'rehearsal',
    port: () => '1',
    token: () => 'none',
    refreshable: false,
    send: createConnections(1, async (origin) => openPretended(origin, answer)),
    isTooEarly: () => false,
    served: createServed(),
  })
}

const context = () => ({
  signal: new AbortController().signal,
  fresh: false,
  onRetry: () => {},
  emit: () => {},
})

/** With the headers of Go's HTTP server, which the layer is. */
function answerWith(body: string): Buffer {
  return Buffer.from(
    'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n' +
      `Content-Length: ${body.length}\r\n\r\n${body}`,
  )
}
