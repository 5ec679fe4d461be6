import type { Input } from '../aws/input.ts'
import type { LocalRequest } from '../http.ts'

/** What a request to the layer asks AWS for. */
export interface LayerRequest {
  readonly kind: 'secretsmanager' | 'systemsmanager'
  readonly operation: 'GetSecretValue' | 'GetParameter'
  readonly service: 'secretsmanager' | 'ssm'
  readonly id: string
  readonly input: Input
}

/** Undefined for any other path; both paths are served with and without a slash at the end. */
export const parseLayerRequest = ({ path, query }: LocalRequest): LayerRequest | undefined => {
  const parameters = new URLSearchParams(query)
  const plain = path.endsWith('/') ? path.slice(0, -1) : path
  if (plain === '/secretsmanager/get') return secretRequest(parameters)
  if (plain === '/systemsmanager/parameters/get') return parameterRequest(parameters)
  return undefined
}

const secretRequest = (query: URLSearchParams): LayerRequest => {
  const id = query.get('secretId') ?? ''
  const versionId = query.get('versionId')
  const stage = query.get('versionStage')
  const input = {
    SecretId: id,
    ...(versionId ? { VersionId: versionId } : {}),
    ...(stage ? { VersionStage: stage } : {}),
  }
  return { kind: 'secretsmanager', operation: 'GetSecretValue', service: 'secretsmanager', id, input }
}

const parameterRequest = (query: URLSearchParams): LayerRequest => {
  const id = query.get('name') ?? ''
  // With a version and a label, the first in the URL wins.
  const selector = [...query].find(
    ([key, value]) => (key === 'version' || key === 'label') && value !== '',
  )?.[1]
  const input = {
    Name: selector === undefined ? id : `${id}:${selector}`,
    WithDecryption: query.get('withDecryption') === 'true',
  }
  return { kind: 'systemsmanager', operation: 'GetParameter', service: 'ssm', id, input }
}
