import { AwsError } from '../account/aws-error.ts'
import type { Backend } from '../aws/backend.ts'
import type { ParameterValue } from '../aws/parameter-store/parameter-value.ts'
import type { SecretValue } from '../aws/secrets-manager/get-secret-value.ts'
import type { Calls } from '../calls.ts'
import type { Wire } from '../faults/wire.ts'
import { type Handler, type LocalResponse, text } from '../http.ts'
import { createLimit } from '../limit.ts'
import type { Pauses } from '../pauses.ts'
import { stopwatch } from '../stopwatch.ts'
import type { TtlCache } from '../ttl-cache.ts'
import { parameterBody, secretBody } from './bodies.ts'
import type { LayerLog } from './log.ts'
import { type LayerRequest, parseLayerRequest } from './parse-request.ts'
import { opaque } from './refusals.ts'
import type { LayerSettings } from './settings.ts'

export const TOKEN_HEADER = 'x-aws-parameters-secrets-token'

export interface LayerParts {
  readonly backend: Backend
  readonly cache: TtlCache<string>
  readonly calls: Calls
  readonly log: LayerLog
  readonly pauses: Pauses
  readonly settings: LayerSettings
  readonly token: () => string
  /** What a missing or wrong token gets. */
  readonly tokenRefusal: LocalResponse
  readonly wire: Wire
}

/** The AWS Parameters and Secrets Lambda Extension: two GET paths that serve the simulated account through a cache. */
export const createLayerHandler = (parts: LayerParts): Handler => {
  const { backend, cache, calls, log, pauses, settings, token, tokenRefusal, wire } = parts
  const limits = {
    secretsmanager: createLimit(settings.maxConnections),
    ssm: createLimit(settings.maxConnections),
  }

  const ask = async ({ operation, service, input }: LayerRequest): Promise<string> => {
    const answer = limits[service](() => backend.call(operation, input, 'layer'))
    const output = await within(settings.timeout[service], answer)
    return operation === 'GetSecretValue'
      ? secretBody(output as SecretValue)
      : parameterBody(output as { Parameter: ParameterValue })
  }

  const within = async <Result>(milliseconds: number, answer: Promise<Result>): Promise<Result> => {
    if (milliseconds === 0) return answer
    const late = pauses.wait(milliseconds).then(() => {
      throw new AwsError('RequestCanceled', 'context deadline exceeded')
    })
    return Promise.race([answer, late])
  }

  const answer = async (asked: LayerRequest): Promise<LocalResponse> => {
    const key = JSON.stringify([asked.operation, asked.input])
    const held = cache.get(key, settings.ttl[asked.service])
    if (held?.fresh) return ok(held.value)
    try {
      const body = await ask(asked)
      cache.set(key, body)
      return ok(body)
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      log('ERROR', `${asked.operation} request encountered an error: ${reason(asked, error)}`)
      return opaque()
    }
  }

  return async (request) => {
    const asked = parseLayerRequest(request)
    // What the real layer answers to other paths and methods is unverified; this is what Go's server does.
    if (!asked) return text(404, '404 page not found')
    if (request.method !== 'GET') return text(405, 'Method Not Allowed')
    calls.countLayer(asked.kind)
    const elapsed = stopwatch()
    const { answer: response, played } = await wire(request, { face: 'layer', ids: [asked.id] }, async () =>
      request.headers[TOKEN_HEADER] === token() ? answer(asked) : tokenRefusal,
    )
    const outcome =
      played === undefined ? String(response.status) : `${response.status || ''} (${played})`.trim()
    calls.remember({
      face: 'layer',
      by: 'client',
      operation: asked.kind,
      ids: [asked.id],
      outcome,
      milliseconds: elapsed(),
    })
    return response
  }
}

/** No Content-Type is documented; Go's server guesses this one for JSON. */
const ok = (body: string): LocalResponse => text(200, body)

const reason = ({ operation, service }: LayerRequest, { code, message, status }: AwsError): string =>
  `operation error ${service === 'ssm' ? 'SSM' : 'Secrets Manager'}: ${operation}, ` +
  `https response error StatusCode: ${status}, ${code}: ${message || 'UnknownError'}`
