import { AwsError } from '../account/aws-error.ts'
import { type SecretValue, STAGE_OF_ANOTHER_VERSION } from '../aws/secrets-manager/get-secret-value.ts'
import type { Calls } from '../calls.ts'
import type { Wire } from '../faults/wire.ts'
import type { Handler, LocalRequest, LocalResponse } from '../http.ts'
import { TOKEN_HEADER } from '../layer/layer-handler.ts'
import { stopwatch } from '../stopwatch.ts'
import { type AgentRequest, parseAgentRequest } from './parse-request.ts'
import { createSecretReader, type ReaderParts } from './read-secret.ts'

export interface AgentParts extends ReaderParts {
  readonly calls: Calls
  /** Connections that are served; those opened beyond them get 429. */
  readonly maxConnections: number
  /** The status of what is missing. */
  readonly missingStatus: number
  readonly token: () => string
  readonly wire: Wire
}

/** How many connections beyond the limit still get an answer to `/ping`. */
const FOR_PINGS = 2

/**
 * The AWS Secrets Manager Agent 3.0.0 (now aws-workload-credentials-provider), written after its source: it has the
 * layer's port and path for secrets, and differs in the details.
 */
export const createAgentHandler = (parts: AgentParts): Handler => {
  const { calls, maxConnections, missingStatus, token, wire } = parts
  const readSecret = createSecretReader(parts)

  const answer = async (request: LocalRequest, asked: AgentRequest): Promise<LocalResponse> => {
    if (isOver(request)) return overLimit()
    if (request.headers['x-forwarded-for'] !== undefined) return plain(400, 'Forwarded')
    const tokens = [request.headers[TOKEN_HEADER], request.headers['x-vault-token']]
    if (!tokens.includes(token())) return plain(403, 'Bad Token')
    if (request.method !== 'GET') return plain(405, 'Not allowed')
    if (asked.kind === 'refused') return plain(asked.status, asked.body)
    try {
      return plain(200, agentBody(await readSecret(asked)))
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      return plain(isMissing(error) ? missingStatus : error.status, errorBody(error))
    }
  }

  /** Depends on the connection, not the request: the agent counts when it accepts a connection. */
  const isOver = ({ connection }: LocalRequest, allowed = maxConnections): boolean => connection > allowed

  return async (request) => {
    if (request.path === '/ping') {
      if (isOver(request, maxConnections + FOR_PINGS)) return overLimit()
      return request.method === 'GET' ? plain(200, 'healthy') : plain(405, 'Not allowed')
    }
    const asked = parseAgentRequest(request)
    const ids = asked.kind === 'secret' ? [asked.id] : []
    calls.countLayer('secretsmanager')
    const elapsed = stopwatch()
    const { answer: response, played } = await wire(request, { face: 'layer', ids }, () =>
      answer(request, asked),
    )
    const outcome =
      played === undefined ? String(response.status) : `${response.status || ''} (${played})`.trim()
    calls.remember({
      face: 'agent',
      by: 'client',
      operation: 'secretsmanager',
      ids,
      outcome,
      milliseconds: elapsed(),
    })
    return response
  }
}

/** The agent sends no Content-Type. */
const plain = (status: number, body: string): LocalResponse => ({ status, body })

const overLimit = (): LocalResponse => plain(429, 'Connection limit exceeded')

const isMissing = ({ code, message }: AwsError): boolean =>
  code === 'ResourceNotFoundException' || message === STAGE_OF_ANOTHER_VERSION

/** Absent members are left out, and the date is a string of seconds since 1970. */
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

/** A failure without an error of AWS, such as a broken connection, is an InternalFailure. */
const errorBody = ({ code, message }: AwsError): string =>
  JSON.stringify(
    message === '' || code === 'InternalFailure' || code === 'RequestError'
      ? { __type: 'InternalFailure' }
      : { __type: code, message },
  )
