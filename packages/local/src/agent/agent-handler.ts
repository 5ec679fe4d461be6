import { AwsError } from '../account/aws-error.ts'
import type { Backend } from '../aws/backend.ts'
import type { SecretValue } from '../aws/secrets-manager/get-secret-value.ts'
import type { Calls } from '../calls.ts'
import type { Wire } from '../faults/wire.ts'
import type { Handler, LocalRequest, LocalResponse } from '../http.ts'
import { TOKEN_HEADER } from '../layer/layer-handler.ts'
import type { TtlCache } from '../ttl-cache.ts'
import { type AgentRequest, parseAgentRequest } from './parse-request.ts'

export interface AgentParts {
  readonly backend: Backend
  readonly cache: TtlCache<SecretValue>
  readonly calls: Calls
  readonly token: () => string
  /** Seconds. */
  readonly ttl: number
  readonly wire: Wire
}

type SecretRequest = Extract<AgentRequest, { kind: 'secret' }>

/** The AWS Secrets Manager Agent, as its source reads: the layer's port and path for secrets, other details. */
export const createAgentHandler = ({ backend, cache, calls, token, ttl, wire }: AgentParts): Handler => {
  const answer = async (request: LocalRequest, asked: AgentRequest): Promise<LocalResponse> => {
    if (request.headers['x-forwarded-for'] !== undefined) return plain(400, 'Forwarded')
    const tokens = [request.headers[TOKEN_HEADER], request.headers['x-vault-token']]
    if (!tokens.includes(token())) return plain(403, 'Bad Token')
    if (request.method !== 'GET') return plain(405, 'Not allowed')
    if (asked.kind === 'refused') return plain(asked.status, asked.body)
    try {
      return plain(200, agentBody(await secret(asked)))
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      return plain(error.status, errorBody(error))
    }
  }

  const secret = async (asked: SecretRequest): Promise<SecretValue> => {
    const key = JSON.stringify([asked.id, asked.versionId, asked.stage, asked.roleArn])
    const held = asked.refresh ? undefined : cache.get(key, ttl)
    if (held?.fresh) return held.value
    // An expired value is kept when DescribeSecret says that its version still stands.
    const stands = held && (await isCurrent(held.value, asked))
    const value = stands ? held.value : await fetchSecret(asked)
    cache.set(key, value)
    return value
  }

  const isCurrent = async (
    { ARN, VersionId }: SecretValue,
    { versionId, stage }: SecretRequest,
  ): Promise<boolean> => {
    const described = (await backend.call('DescribeSecret', { SecretId: ARN }, 'agent')) as Described
    const stages = described.VersionIdsToStages[versionId ?? VersionId]
    if (versionId !== undefined && stage === undefined) return stages !== undefined
    return stages?.includes(stage ?? 'AWSCURRENT') ?? false
  }

  const fetchSecret = async ({ id, versionId, stage }: SecretRequest): Promise<SecretValue> => {
    const input = { SecretId: id, VersionId: versionId, VersionStage: stage }
    return (await backend.call('GetSecretValue', input, 'agent')) as SecretValue
  }

  return async (request) => {
    if (request.path === '/ping')
      return request.method === 'GET' ? plain(200, 'healthy') : plain(405, 'Not allowed')
    const asked = parseAgentRequest(request)
    const ids = asked.kind === 'secret' ? [asked.id] : []
    calls.countLayer('secretsmanager')
    const { answer: response, played } = await wire(request, { face: 'layer', ids }, () =>
      answer(request, asked),
    )
    const outcome =
      played === undefined ? String(response.status) : `${response.status || ''} (${played})`.trim()
    calls.remember({ face: 'agent', by: 'client', operation: 'secretsmanager', ids, outcome })
    return response
  }
}

interface Described {
  readonly VersionIdsToStages: Readonly<Record<string, readonly string[]>>
}

/** The agent sends no Content-Type. */
const plain = (status: number, body: string): LocalResponse => ({ status, body })

/** Absent members are left out, and the date is a text of seconds since 1970. */
const agentBody = (value: SecretValue): string =>
  JSON.stringify({
    ARN: value.ARN,
    Name: value.Name,
    VersionId: value.VersionId,
    SecretString: value.SecretString,
    SecretBinary: value.SecretBinary,
    VersionStages: value.VersionStages,
    CreatedDate: String(value.CreatedDate),
  })

/** Put together as the agent does it: a quotation mark in the message makes it no JSON. */
const errorBody = ({ code, message }: AwsError): string =>
  message === '' || code === 'InternalFailure'
    ? '{"__type":"InternalFailure"}'
    : `{"__type":"${code}", "message":"${message}"}`
