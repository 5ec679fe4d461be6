import { randomUUID } from 'node:crypto'
import { AwsError } from '../account/aws-error.ts'
import type { Calls } from '../calls.ts'
import type { Wire } from '../faults/wire.ts'
import type { Handler, LocalResponse } from '../http.ts'
import { stopwatch } from '../stopwatch.ts'
import { type Backend, idsOf } from './backend.ts'
import type { Input } from './input.ts'
import { isOperation, type OperationName, serviceOf } from './operations.ts'

export interface AwsParts {
  readonly backend: Backend
  readonly calls: Calls
  readonly wire: Wire
}

/** How each service begins its `X-Amz-Target`. */
const TARGETS = { secretsmanager: 'secretsmanager', AmazonSSM: 'ssm' } as const

/** AWS JSON 1.1 as the SDK speaks it: `POST /` with `X-Amz-Target`. Signatures are not checked. */
export const createAwsHandler =
  ({ backend, calls, wire }: AwsParts): Handler =>
  async (request) => {
    const operation = operationOf(request.headers['x-amz-target'] ?? '')
    if (!operation) return failure(new AwsError('UnknownOperationException'))
    const input = inputOf(request.body)
    if (!input) return failure(new AwsError('SerializationException'))
    backend.count(operation, 'sdk')
    const elapsed = stopwatch()
    let outcome = ''
    const { answer, played } = await wire(request, { face: 'aws', ids: idsOf(input) }, async () => {
      const [response, result] = answered(() => backend.run(operation, input))
      outcome = result
      return response
    })
    if (played !== undefined) outcome = `${answer.status || ''} (${played})`.trim()
    calls.remember({ face: 'aws', by: 'sdk', operation, ids: idsOf(input), outcome, milliseconds: elapsed() })
    return answer
  }

const operationOf = (target: string): OperationName | undefined => {
  const [prefix = '', name = ''] = target.split('.')
  if (!Object.hasOwn(TARGETS, prefix) || !isOperation(name)) return undefined
  return serviceOf(name) === TARGETS[prefix as keyof typeof TARGETS] ? name : undefined
}

const inputOf = (body: string): Input | undefined => {
  try {
    const input: unknown = JSON.parse(body || '{}')
    return typeof input === 'object' && input !== null && !Array.isArray(input) ? (input as Input) : undefined
  } catch {
    return undefined
  }
}

const answered = (run: () => object): readonly [LocalResponse, string] => {
  try {
    return [{ status: 200, headers: headers(), body: JSON.stringify(run()) }, '200']
  } catch (error) {
    // Any other error is a bug of the stand-in, and must not look like an answer from AWS.
    if (!(error instanceof AwsError)) throw error
    return [failure(error), error.code]
  }
}

const failure = ({ code, message, status }: AwsError): LocalResponse => ({
  status,
  headers: { ...headers(), 'x-amzn-errortype': code },
  body: JSON.stringify(message === '' ? { __type: code } : { __type: code, message }),
})

const headers = () => ({ 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() })
