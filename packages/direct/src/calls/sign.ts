import type { AwsCredentials } from '../credentials/aws-credentials.ts'

/** A POST before it is signed, its headers by their names in lower case. */
export interface Unsigned {
  readonly service: string
  readonly region: string
  readonly host: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Not signed: a proxy in between may send the body in chunks. */
const extraHeadersToIgnore = { 'content-length': true } as const

/** The headers of a request with those of Signature Version 4, for the time that AWS's clock shows. */
export async function signedHeaders(
  unsigned: Unsigned,
  credentials: AwsCredentials,
  now: Date,
): Promise<Record<string, string>> {
  const { host, body, headers } = unsigned
  const { sessionToken } = credentials
  const { sign } = await import('./aws4.ts')
  const request = {
    ...unsigned,
    method: 'POST',
    extraHeadersToIgnore,
    headers: {
      ...headers,
      host,
      'content-length': String(Buffer.byteLength(body)),
      'x-amz-date': now.toISOString().replaceAll(/[:-]|\.\d{3}/g, ''),
      ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
    },
  } as const
  return { ...sign(request, credentials).headers }
}
