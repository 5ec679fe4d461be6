import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { SignatureV4 } from '@smithy/signature-v4'
import fc from 'fast-check'
import { signedHeaders, type Unsigned } from '../src/calls/sign.ts'

/** The example of AWS's test suite for Signature Version 4. */
const example = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const at = new Date('2015-08-30T12:36:00Z')
const vanilla: Unsigned = {
  service: 'service',
  region: 'us-east-1',
  host: 'example.amazonaws.com',
  path: '/',
  headers: {},
  body: '',
}
const sessionToken =
  'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA=='

describe('a signature is the one of AWS’s test suite:', () => {
  it.each<[string, Partial<Unsigned>, string, string]>([
    [
      'post-vanilla',
      {},
      'host;x-amz-date',
      '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    ],
    [
      'post-header-key-sort',
      { headers: { 'my-header1': 'value1' } },
      'host;my-header1;x-amz-date',
      'c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c',
    ],
    [
      'post-header-value-case',
      { headers: { 'my-header1': 'VALUE1' } },
      'host;my-header1;x-amz-date',
      'cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d',
    ],
    [
      'post-x-www-form-urlencoded',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'Param1=value1' },
      'content-type;host;x-amz-date',
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
    [
      'post-x-www-form-urlencoded-parameters',
      {
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf8' },
        body: 'Param1=value1',
      },
      'content-type;host;x-amz-date',
      '1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe',
    ],
  ])('%s', async (_, request, names, signature) => {
    const { authorization } = await signed({ ...vanilla, ...request })
    expect(authorization).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${names}, Signature=${signature}`,
    )
  })

  it('post-sts-header-before', async () => {
    const { authorization, headers } = await signed(vanilla, { ...example, sessionToken })
    expect(headers['x-amz-security-token']).toBe(sessionToken)
    expect(authorization).toMatch(
      /SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead$/,
    )
  })
})

it('has the length of the body, in bytes, and does not sign it', async () => {
  const { authorization, headers } = await signed({ ...vanilla, body: '"ä"' })
  expect(headers['content-length']).toBe('4')
  expect(authorization).not.toContain('content-length')
})

it('signs as the AWS SDK does, whatever body and keys there are', async () => {
  const key = fc.stringMatching(/^[!-~]{1,80}$/)
  await fc.assert(
    fc.asyncProperty(
      fc.json(),
      key,
      key,
      fc.option(key, { nil: undefined }),
      fc.constantFrom('ssm', 'secretsmanager'),
      fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      async (body, accessKeyId, secretAccessKey, token, service, now) => {
        const credentials = {
          accessKeyId,
          secretAccessKey,
          ...(token !== undefined && { sessionToken: token }),
        }
        const target = {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': 'AmazonSSM.GetParameters',
        }
        const unsigned = { ...vanilla, service, host: 'ssm.eu-west-1.amazonaws.com', headers: target, body }
        const ours = await signed(unsigned, credentials, now)
        const signer = new SignatureV4({
          credentials,
          region: 'us-east-1',
          service,
          sha256: Sha256,
          applyChecksum: false,
        })
        const request = {
          method: 'POST',
          protocol: 'https:',
          hostname: unsigned.host,
          path: '/',
          query: {},
          headers: { ...target, host: unsigned.host },
          body,
        }
        const theirs = await signer.sign(request, { signingDate: now })
        expect(ours.authorization).toBe(theirs.headers['authorization'])
      },
    ),
    { numRuns: 100 },
  )
})

async function signed(
  unsigned: Unsigned,
  credentials: Parameters<typeof signedHeaders>[1] = example,
  now = at,
) {
  const { Authorization: authorization, ...headers } = await signedHeaders(unsigned, credentials, now)
  return { authorization, headers }
}

/** As the SDK's signer takes its hash. */
class Sha256 {
  readonly #hash
  constructor(secret?: unknown) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string)
  }
  update(data: unknown) {
    this.#hash.update(data as string)
  }
  digest = async () => new Uint8Array(this.#hash.digest())
  reset() {}
}
