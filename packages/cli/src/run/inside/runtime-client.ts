import { Agent, type ClientRequest, type IncomingHttpHeaders, request } from 'node:http'

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

export interface Answer {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** One request to Lambda's Runtime API. */
export const askRuntime = (method: 'GET' | 'POST', path: string, body = ''): Promise<Answer> =>
  new Promise((resolve, reject) => openRuntime(method, path, {}, resolve, reject).end(body))

/** A request to Lambda's Runtime API whose body is still to be written. */
export const openRuntime = (
  method: 'GET' | 'POST',
  path: string,
  headers: Readonly<Record<string, string | string[]>>,
  resolve: (answer: Answer) => void,
  reject: (error: Error) => void,
): ClientRequest => {
  const url = `http://${process.env['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/${path}`
  const outgoing = request(url, { method, agent, headers }, (incoming) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk) => chunks.push(chunk))
    incoming.on('error', reject)
    incoming.on('end', () => resolve({ headers: incoming.headers, body: Buffer.concat(chunks).toString() }))
  })
  return outgoing.on('error', reject)
}

/** An error in the form that Lambda's runtime reports. */
export const describeError = (error: unknown) => {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] }
  const { code } = error as { code?: unknown }
  return {
    errorType: error.name,
    errorMessage: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    trace: (error.stack ?? '').split('\n'),
  }
}
