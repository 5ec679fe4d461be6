import { describe, expect, it } from '@jest/globals'
import { isRegion, regionOf, selectedName, sharedArn } from '@secrets-cache/core/internal'

describe('regionOf', () => {
  it.each([
    ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf', 'eu-west-1'],
    ['arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/a', 'us-gov-west-1'],
    ['arn:aws-cn:ssm:cn-north-1:123456789012:parameter/a', 'cn-north-1'],
    ['arn:aws-eusc:ssm:eusc-de-east-1:123456789012:parameter/a', 'eusc-de-east-1'],
    ['prod/db', undefined],
    ['arn:aws:s3:eu-west-1:123456789012:x', undefined],
    ['arn:aws:ssm::123456789012:parameter/a', undefined],
    ['arn:aws:ssm:evil.example/:123456789012:parameter/a', undefined],
    ['arn:aws:ssm:eu-west-1@evil-1:123456789012:parameter/a', undefined],
    ['x arn:aws:ssm:eu-west-1:123456789012:parameter/a', undefined],
  ])('of %j is %j', (id, region) => {
    expect(regionOf(id)).toBe(region)
  })
})

describe('isRegion', () => {
  it.each(['eu-west-1', 'us-isob-east-1', 'ap-southeast-12'])('takes %s', (name) => {
    expect(isRegion(name)).toBe(true)
  })

  it.each(['', 'test-5', 'local', 'eu-west-1.example', 'EU-WEST-1', 'eu-west'])(
    'does not take %j',
    (name) => {
      expect(isRegion(name)).toBe(false)
    },
  )
})

describe('sharedArn', () => {
  const arn = 'arn:aws:ssm:eu-west-1:123456789012:parameter/a'

  it.each(['/a', 'a', arn, '/aws/reference/secretsmanager/db'])('is that of the answer for %j', (asked) => {
    expect(sharedArn(asked, arn)).toBe(arn)
  })

  it.each([
    '/a:3',
    '/a:live',
    `${arn}:3`,
    '/aws/reference/secretsmanager/db:AWSPREVIOUS',
    selectedName({ kind: 'parameter', id: arn, version: 3, decrypt: true }),
    selectedName({ kind: 'parameter', id: '/a', label: 'live', decrypt: true }),
  ])('is none for %j', (asked) => {
    expect(sharedArn(asked, arn)).toBeUndefined()
  })
})
