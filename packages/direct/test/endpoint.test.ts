import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SSMClient } from '@aws-sdk/client-ssm'
import { describe, expect, it } from '@jest/globals'
import { endpointOf } from '../src/endpoint/endpoint.ts'
import { hostName } from '../src/endpoint/host-name.ts'

const clients = {
  secretsmanager: new SecretsManagerClient({ region: 'eu-west-1' }),
  ssm: new SSMClient({ region: 'eu-west-1' }),
}

const regions = [
  ...['eu-west-1', 'us-east-1', 'us-west-2', 'ca-central-1', 'ca-west-1', 'ap-southeast-7', 'il-central-1'],
  ...['mx-central-1', 'me-south-1', 'af-south-1', 'sa-east-1'],
  ...['cn-north-1', 'cn-northwest-1', 'us-gov-west-1', 'us-gov-east-1'],
  ...['us-iso-east-1', 'us-iso-west-1', 'us-isob-east-1', 'us-isob-west-1', 'eu-isoe-west-1'],
  ...['us-isof-south-1', 'us-isof-east-1', 'eusc-de-east-1'],
]

describe('the host of a service is the one that the SDK asks', () => {
  const cases = (['secretsmanager', 'ssm'] as const).flatMap((service) =>
    regions.map((region) => [service, region] as const),
  )
  it.each(cases)('%s in %s', (service, region) => {
    for (const fips of [false, true]) {
      for (const dualStack of [false, true]) {
        const { endpointProvider } = clients[service].config as unknown as {
          endpointProvider: (given: object) => { url: URL }
        }
        const { url } = endpointProvider({ Region: region, UseFIPS: fips, UseDualStack: dualStack })
        expect([fips, dualStack, hostName(service, region, { fips, dualStack })]).toEqual([
          fips,
          dualStack,
          url.hostname,
        ])
      }
    }
  })
})

describe('endpointOf', () => {
  const environment = { AWS_REGION: 'eu-west-1' }

  it('is AWS’s own, over TLS, in the Region of the variable or in the one that is given', () => {
    expect(endpointOf('ssm', undefined, environment)).toEqual({
      region: 'eu-west-1',
      isTls: true,
      hostname: 'ssm.eu-west-1.amazonaws.com',
      port: 443,
      host: 'ssm.eu-west-1.amazonaws.com',
      path: '/',
    })
    expect(endpointOf('secretsmanager', 'us-east-1', environment)).toMatchObject({
      region: 'us-east-1',
      host: 'secretsmanager.us-east-1.amazonaws.com',
    })
  })

  it.each(['true', 'TRUE'])('follows AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT: %s', (word) => {
    const variables = { ...environment, AWS_USE_FIPS_ENDPOINT: word, AWS_USE_DUALSTACK_ENDPOINT: word }
    expect(endpointOf('ssm', undefined, variables).host).toBe('ssm-fips.eu-west-1.api.aws')
    const off = { ...environment, AWS_USE_FIPS_ENDPOINT: 'false', AWS_USE_DUALSTACK_ENDPOINT: '' }
    expect(endpointOf('ssm', undefined, off).host).toBe('ssm.eu-west-1.amazonaws.com')
  })

  it.each(['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'])('refuses another word in %s', (name) => {
    expect(() => endpointOf('ssm', undefined, { ...environment, [name]: '1' })).toThrow(
      `${name} is neither true nor false`,
    )
  })

  it.each([
    [{ AWS_ENDPOINT_URL: 'https://vpce-1.example' }, 'vpce-1.example', 443, '/'],
    [{ AWS_ENDPOINT_URL: 'https://a', AWS_ENDPOINT_URL_SSM: 'https://b:8443/x/y/' }, 'b:8443', 8443, '/x/y/'],
    [{ AWS_ENDPOINT_URL: 'https://a/x', AWS_ENDPOINT_URL_SECRETS_MANAGER: 'https://b' }, 'a', 443, '/x/'],
    [{ AWS_ENDPOINT_URL: 'http://localhost:4566' }, 'localhost:4566', 4566, '/'],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1' }, '127.0.0.1', 80, '/'],
    [{ AWS_ENDPOINT_URL: 'http://[::1]:4566' }, '[::1]:4566', 4566, '/'],
  ])('is the one that the variables name, the service’s own first: %j', (urls, host, port, path) => {
    expect(endpointOf('ssm', undefined, { ...environment, ...urls })).toMatchObject({ host, port, path })
  })

  it('is AWS’s own where AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is true', () => {
    const variables = { ...environment, AWS_ENDPOINT_URL: 'https://a', AWS_ENDPOINT_URL_SSM: 'https://b' }
    const at = (word: string) =>
      endpointOf('ssm', undefined, { ...variables, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: word }).host
    expect([at('true'), at('false'), at('')]).toEqual(['ssm.eu-west-1.amazonaws.com', 'b', 'b'])
  })

  it('names an IPv6 address as a socket takes it', () => {
    const variables = { ...environment, AWS_ENDPOINT_URL: 'http://[::1]:4566' }
    expect(endpointOf('ssm', undefined, variables).hostname).toBe('::1')
  })

  it.each([
    ['not a url', 'the endpoint is not a URL'],
    ['ftp://127.0.0.1', 'the endpoint is not a URL'],
    ['http://localstack:4566', 'not encrypted'],
    ['http://127.0.0.1.evil.example', 'not encrypted'],
    ['http://10.0.0.1', 'not encrypted'],
    ['https://user:CANARY@host', 'more than a host, a port and a path'],
    ['https://host/?CANARY', 'more than a host, a port and a path'],
    ['https://host/#CANARY', 'more than a host, a port and a path'],
  ])('refuses %s', (url, reason) => {
    const variables = { ...environment, AWS_ENDPOINT_URL: url }
    const refusal = expect.objectContaining({
      code: 'CONFIGURATION',
      message: expect.stringContaining(reason),
      remedy: expect.not.stringContaining('CANARY'),
    })
    expect(() => endpointOf('ssm', undefined, variables)).toThrow(refusal as never)
    expect(() => endpointOf('ssm', undefined, variables)).not.toThrow('CANARY')
  })

  it.each([undefined, ''])('says what to do where the Region is %j', (region) => {
    expect(() => endpointOf('ssm', undefined, { AWS_REGION: region })).toThrow(
      'the Region is missing. Set AWS_REGION, or pass direct({ region }).',
    )
  })

  it.each(['eu-west-1.evil.example', 'eu west', '-a', 'a-', '../a', 'a/b', 'x'.repeat(64)])(
    'lets no other text than a name into a host: %s',
    (region) => {
      expect(() => endpointOf('ssm', undefined, { AWS_REGION: region })).toThrow(
        'is not the name of a Region',
      )
    },
  )
})
