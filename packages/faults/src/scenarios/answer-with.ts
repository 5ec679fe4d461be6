import type { LocalRequest, LocalResponse } from '@secrets-cache/local'

/** A 200 in the protocol of the request, well formed except for the value. */
export const answerWith =
  (value: unknown) =>
  (request: LocalRequest): LocalResponse => ({
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(bodyFor(request, value)),
  })

function bodyFor({ path, query, headers, body }: LocalRequest, value: unknown): object {
  const operation = headers['x-amz-target']?.split('.').at(-1)
  if (operation === undefined) {
    const id = new URLSearchParams(query).get(path.startsWith('/secretsmanager') ? 'secretId' : 'name')
    return path.startsWith('/secretsmanager') ? secret(id, value) : { Parameter: parameter(id, value) }
  }
  const asked = JSON.parse(body) as {
    SecretId?: string
    SecretIdList?: string[]
    Names?: string[]
    Name?: string
  }
  switch (operation) {
    case 'GetSecretValue':
      return secret(asked.SecretId, value)
    case 'BatchGetSecretValue':
      return { SecretValues: asked.SecretIdList?.map((id) => secret(id, value)), Errors: [] }
    case 'GetParameters':
      return { Parameters: asked.Names?.map((name) => parameter(name, value)), InvalidParameters: [] }
    default:
      return { Parameter: parameter(asked.Name, value) }
  }
}

const secret = (id: unknown, value: unknown) => ({
  ARN: 'arn',
  Name: id,
  SecretString: value,
  VersionId: 'v1',
})

const parameter = (id: unknown, value: unknown) => ({ Name: id, Type: 'String', Value: value, Version: 1 })
