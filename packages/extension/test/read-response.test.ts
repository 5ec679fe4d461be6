import { describe, expect, it } from '@jest/globals'
import {
  failureOf,
  fetchOne,
  parameter,
  recorded,
  secret,
  serve,
  serveInTurn,
  source,
} from './helpers/index.ts'

const answered = async (body: string, reference = secret('a')) => {
  const { port } = await serveInTurn(body)
  return fetchOne(source(port), reference)
}
const answeredParameter = (fields: object) => answered(JSON.stringify({ Parameter: fields }), parameter('/a'))

describe('a secret', () => {
  it('is its SecretString, with version and ARN', async () => {
    expect(await answered(recorded.secret)).toEqual({
      ok: true,
      value: 'an-insecure-string-secret-value',
      version: 'b1c367b9-7f53-4a47-82c4-be51a054b953',
      arn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:dummy-string-secret-MFUBmH',
    })
  })

  it('is the bytes of its SecretBinary, apart from any other buffer', async () => {
    const outcome = await answered(recorded.binarySecret)
    const { value } = outcome as { value: Uint8Array }
    expect(value).toEqual(new Uint8Array(Buffer.from('a string secret value to be saved as binary')))
    expect(value.buffer.byteLength).toBe(value.byteLength)
  })

  it('may be an empty string, or no bytes', async () => {
    expect(await answered('{"SecretString":""}')).toMatchObject({ ok: true, value: '' })
    expect(await answered('{"SecretBinary":""}')).toMatchObject({ ok: true, value: new Uint8Array() })
  })

  it('may lack what the agent leaves out, and have dates in any form', async () => {
    expect(await answered('{"SecretString":"x","CreatedDate":"1760000000.123"}')).toEqual({
      ok: true,
      value: 'x',
      version: undefined,
      arn: undefined,
    })
    expect(await answered('{"SecretString":"x","CreatedDate":1760000000}')).toMatchObject({ value: 'x' })
    expect(await answered('{"SecretString":"x","VersionId":7,"ARN":{}}')).toMatchObject({
      version: undefined,
      arn: undefined,
    })
  })

  it('pollutes no prototype', async () => {
    const outcome = await answered('{"__proto__":{"SecretString":"x"},"SecretBinary":null}')
    expect(outcome).toMatchObject({ ok: false, error: { code: 'BAD_RESPONSE' } })
    expect(Object.prototype).not.toHaveProperty('SecretString')
  })

  it('keeps every character', async () => {
    const value = 'ä\u{1f511}\u0000\u2028"\\'
    expect(await answered(JSON.stringify({ SecretString: value }))).toMatchObject({ value })
  })
})

describe('a parameter', () => {
  it('is its Value, with version and ARN', async () => {
    expect(await answered(recorded.secureString, parameter('/a'))).toEqual({
      ok: true,
      value: 'my-secure-string-value',
      version: '1',
      arn: 'arn:aws:ssm:us-east-1:123456789012:parameter/lambda-ext-test-param/dummy-secure-string',
    })
  })

  it.each([
    ['a,b , c', ['a', 'b ', ' c']],
    ['a', ['a']],
    ['', []],
  ])('is an array when it is the StringList %j', async (Value, value) => {
    expect(await answeredParameter({ Type: 'StringList', Value, Version: 2 })).toMatchObject({
      value,
      version: '2',
    })
  })

  it.each([
    [7, '7'],
    ['7', '7'],
    [0, undefined],
    [null, undefined],
    [{}, undefined],
  ])('has the version %j as %j', async (Version, version) => {
    expect(await answeredParameter({ Value: 'x', Version })).toMatchObject({ value: 'x', version })
  })

  it('may be an empty string', async () => {
    expect(await answeredParameter({ Type: 'String', Value: '', Version: 1 })).toMatchObject({ value: '' })
  })

  it('has the version of the secret that is read through Parameter Store', async () => {
    expect(await answered(recorded.secretThroughParameterStore, parameter('/a'))).toMatchObject({
      value: 'an-insecure-string-secret-value',
      version: 'b1c367b9-7f53-4a47-82c4-be51a054b953',
    })
  })

  it('is the bytes of the binary secret that is read through Parameter Store', async () => {
    expect(await answered(recorded.binarySecretThroughParameterStore, parameter('/a'))).toMatchObject({
      value: new Uint8Array(Buffer.from('a string secret value to be saved as binary')),
      version: 'fdfc9fe2-e172-498e-b306-ad660c887b7a',
    })
  })

  it.each(['versionId', 'VersionId'])('has the version that stands in a SourceResult as %s', async (name) => {
    const SourceResult = JSON.stringify({ SecretString: 'text', [name]: 'v' })
    expect(await answeredParameter({ Value: null, Version: 0, SourceResult })).toMatchObject({ version: 'v' })
  })

  it.each([
    [{ secretString: 'text' }, 'text'],
    [{ SecretString: 'text' }, 'text'],
    [{ secretBinary: 'AP8=' }, new Uint8Array([0, 255])],
    [{ secretBinary: { hb: [-128, 127] } }, new Uint8Array([128, 127])],
    [{ SecretBinary: { hb: [9, 0, -1, 9], offset: 1, position: 0, limit: 2 } }, new Uint8Array([0, 255])],
    [{ secretBinary: { hb: [7, 0, 255], offset: 0, position: 1, limit: 3 } }, new Uint8Array([0, 255])],
    [{ secretBinary: { hb: [0, 255] } }, new Uint8Array([0, 255])],
  ])('reads the SourceResult %j', async (result, value) => {
    const outcome = await answeredParameter({ Value: null, Version: 0, SourceResult: JSON.stringify(result) })
    expect(outcome).toMatchObject({ ok: true, value })
  })

  it.each([
    null,
    'no JSON',
    '7',
    '{}',
    '{"secretBinary":{"hb":[256]}}',
    '{"secretBinary":{"hb":[0,256]}}',
    '{"secretBinary":{"hb":[-129]}}',
    '{"secretBinary":{"hb":[1.5]}}',
    '{"secretBinary":{"hb":["a"]}}',
    '{"secretBinary":{"hb":7}}',
  ])('has no value and no version in the SourceResult %j', async (SourceResult) => {
    expect(await answeredParameter({ Value: null, Version: 0, SourceResult })).toMatchObject({
      error: { code: 'BAD_RESPONSE' },
    })
    expect(await answeredParameter({ Value: 'x', Version: 0, SourceResult })).toMatchObject({
      value: 'x',
      version: undefined,
    })
  })
})

describe('a 200 without a value', () => {
  it.each([
    'CANARY is no JSON',
    '{"SecretString":"CANARY',
    '',
    'null',
    '[]',
    '"CANARY"',
    '7',
    '{}',
    '{"SecretString":null,"SecretBinary":null,"Name":"CANARY"}',
    '{"SecretString":7}',
    '{"SecretString":["CANARY"]}',
    '{"SecretBinary":"CANARY is no base64"}',
    '{"SecretBinary":"QQ"}',
    '{"SecretBinary":{"CANARY":1}}',
    '{"Parameter":null}',
    '{"Parameter":"CANARY"}',
    '{"Parameter":{"Value":null}}',
    '{"Parameter":{"Value":7,"Type":"StringList"}}',
    '{"Value":"CANARY"}',
  ])('is an error that holds nothing of the body %s', async (body) => {
    const { port, requests } = await serveInTurn(body)
    for (const reference of [secret('a'), parameter('/a')]) {
      const error = await failureOf(source(port), reference)
      expect(error).toMatchObject({ code: 'BAD_RESPONSE', id: reference.id, source: 'extension' })
      expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('CANARY')
      expect(error.cause).toBeUndefined()
    }
    expect(requests).toHaveLength(2)
  })

  it('is an error when it is no UTF-8', async () => {
    const { port } = await serve((_, response) =>
      response.end(Buffer.from('{"SecretString":"\xff"}', 'latin1')),
    )
    expect(await failureOf(source(port), secret('a'))).toMatchObject({
      code: 'BAD_RESPONSE',
      reason: 'not UTF-8',
    })
  })
})
