import { randomUUID } from 'node:crypto'
import { type Handler, json, type LocalResponse } from '@secrets-cache/local/internal'
import { FORGETS } from './inside/orders.ts'

/** How an invocation ended, or INIT when it failed. */
export type Outcome = { readonly result: unknown } | { readonly error: FunctionError }

export interface FunctionError {
  readonly errorType: string
  readonly errorMessage: string
  readonly code?: string
  readonly trace?: readonly string[]
}

const PREFIX = '/2018-06-01/runtime/'

export interface RuntimeEvents {
  /** The function asks for its next event, so it is idle; Lambda would freeze it now. */
  readonly idle: () => void
  readonly ended: (outcome: Outcome) => void
  readonly initFailed: (error: FunctionError) => void
}

/** Lambda's Runtime API for one execution environment: an HTTP handler, and a method that sends an event. */
export const createRuntimeApi = ({ idle, ended, initFailed }: RuntimeEvents) => {
  let give: ((next: LocalResponse) => void) | undefined

  const handler: Handler = async ({ path, body }) => {
    if (path === `${PREFIX}invocation/next`) {
      const next = new Promise<LocalResponse>((resolve) => {
        give = resolve
      })
      idle()
      return next
    }
    if (path === `${PREFIX}init/error`) initFailed(JSON.parse(body))
    else if (path.endsWith('/response')) ended({ result: JSON.parse(body) })
    else if (path.endsWith('/error')) ended({ error: JSON.parse(body) })
    else return json(404, {})
    return json(202, { status: 'OK' })
  }

  return {
    handler,
    /**
     * Answers the function's request for its next event; `forgets`: what secrets-cache holds there is dropped first.
     */
    invoke: (event: unknown, deadline: number, arn: string, forgets: boolean): void => {
      const root = Math.floor(Date.now() / 1000).toString(16)
      const headers = {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': randomUUID(),
        'lambda-runtime-deadline-ms': String(deadline),
        'lambda-runtime-invoked-function-arn': arn,
        'lambda-runtime-trace-id': `Root=1-${root}-${randomUUID().replaceAll('-', '').slice(8)};Sampled=0`,
        ...(forgets ? { [FORGETS]: 'true' } : {}),
      }
      give?.({ status: 200, headers, body: JSON.stringify(event) })
      give = undefined
    },
  }
}
