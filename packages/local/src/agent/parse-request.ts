import type { LocalRequest } from '../http.ts'

/** What the agent is asked for, or why it refuses. */
export type AgentRequest =
  | {
      readonly kind: 'secret'
      readonly id: string
      readonly versionId?: string
      readonly stage?: string
      readonly refresh: boolean
      readonly roleArn?: string
    }
  | { readonly kind: 'refused'; readonly status: number; readonly body: string }

const ROLE_ARN = /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/

const PATH_PREFIX = '/v1/'

/** Path and query as the agent's source reads them: `/v1/<id>` is not percent-decoded. */
export const parseAgentRequest = ({ path, query }: LocalRequest): AgentRequest => {
  if (path === '/secretsmanager/get') return parseQuery(query, undefined)
  if (!path.startsWith(PATH_PREFIX)) return { kind: 'refused', status: 404, body: 'Not found' }
  // Through URL, as the agent does: dots are resolved and odd characters encoded, but nothing is decoded.
  const id = new URL(`http://localhost${path}`).pathname.slice(PATH_PREFIX.length)
  return id === '' ? refused('missing secret ID') : parseQuery(query, id)
}

const parseQuery = (query: string, idInPath: string | undefined): AgentRequest => {
  const found: Record<string, string> = {}
  let refresh = false
  const known = [
    'versionId',
    'versionStage',
    'refreshNow',
    'roleArn',
    ...(idInPath === undefined ? ['secretId'] : []),
  ]
  for (const [key, value] of new URLSearchParams(query)) {
    if (!known.includes(key)) return refused(`unknown parameter: ${key}`)
    if (key !== 'refreshNow') found[key] = value
    else if (/^(true|false|1|0)$/i.test(value)) refresh = /^(true|1)$/i.test(value)
    else return refused('invalid refreshNow value')
  }
  const { secretId = '', versionId, versionStage, roleArn } = found
  const id = idInPath ?? secretId
  if (id === '') return refused('missing parameter secretId')
  if (roleArn !== undefined && !ROLE_ARN.test(roleArn))
    return refused('invalid roleArn format, expected arn:<partition>:iam::<account>:role/<name>')
  return {
    kind: 'secret',
    id,
    refresh,
    ...(versionId === undefined ? {} : { versionId }),
    ...(versionStage === undefined ? {} : { stage: versionStage }),
    ...(roleArn === undefined ? {} : { roleArn }),
  }
}

const refused = (body: string): AgentRequest => ({ kind: 'refused', status: 400, body })
