import { describe, expect, it } from '@jest/globals'
import { describeDeclared, json, list, text, tree } from '@secrets-cache/core'
import { statementsFor } from '@secrets-cache/core/internal/permissions'

const place = { partition: 'aws', region: 'eu-west-1', account: '123456789012' }
const named = (name: string) => ({
  name,
  identity: name,
  fetch: () => [],
})

const of = (options: Parameters<typeof describeDeclared>[0], kmsKeys?: readonly string[]) =>
  statementsFor(describeDeclared(options), { ...place, ...(kmsKeys && { kmsKeys }) }).map(
    ({ actions, resources, condition }) => [actions, resources, ...(condition ? [condition] : [])],
  )

const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}`
const parameter = (name: string) => `arn:aws:ssm:eu-west-1:123456789012:parameter/${name}`

describe('statementsFor', () => {
  it('asks over the layer for each value by itself', () => {
    expect(
      of({
        source: named('extension'),
        secrets: { a: 'prod/a', b: json('prod/b') },
        parameters: { c: '/c', d: 'd' },
      }),
    ).toEqual([
      [['secretsmanager:GetSecretValue'], [secret('prod/a-??????'), secret('prod/b-??????')]],
      [['ssm:GetParameter'], [parameter('c'), parameter('d')]],
    ])
  })

  it.each(['sdk', 'direct'])('asks over %s for several together', (source) => {
    expect(of({ source: named(source), secrets: { a: 'a', b: 'b' }, parameters: { c: list('/c') } })).toEqual(
      [
        [['secretsmanager:GetSecretValue'], [secret('a-??????'), secret('b-??????')]],
        [['secretsmanager:BatchGetSecretValue'], ['*']],
        [['ssm:GetParameters'], [parameter('c')]],
      ],
    )
  })

  it('needs no batch action for a secret that is alone, twice the same, or not the current version', () => {
    const secrets = { a: 'a', again: 'a', other: text('b', { stage: 'AWSPREVIOUS' }) }
    expect(of({ source: named('sdk'), secrets })).toEqual([
      [['secretsmanager:GetSecretValue'], [secret('a-??????'), secret('b-??????')]],
    ])
  })

  it('needs what both sources of a firstOf need', () => {
    const source = named('firstOf(extension, sdk)')
    expect(
      of({ source, secrets: { a: 'a', b: 'b' }, parameters: { c: '/c' } }).map(([first]) => first),
    ).toEqual([
      ['secretsmanager:GetSecretValue'],
      ['secretsmanager:BatchGetSecretValue'],
      ['ssm:GetParameter', 'ssm:GetParameters'],
    ])
  })

  it('names an ARN as it is, and completes one without its suffix', () => {
    const other = 'arn:aws:secretsmanager:us-east-1:210987654321:secret:shared'
    expect(
      of({
        secrets: { whole: `${other}-AbCd12`, part: other },
        parameters: { p: 'arn:aws:ssm:us-east-1:210987654321:parameter/p' },
      }),
    ).toEqual([
      [['secretsmanager:GetSecretValue'], [`${other}-??????`, `${other}-AbCd12`]],
      [['ssm:GetParameter'], ['arn:aws:ssm:us-east-1:210987654321:parameter/p']],
    ])
  })

  it('names the path of a tree and what is below it', () => {
    const parameters = { all: tree('/prod/orders', { recursive: true }), root: tree('/') }
    expect(of({ source: named('sdk'), parameters })).toEqual([
      [['ssm:GetParametersByPath'], [parameter('*'), parameter('prod/orders'), parameter('prod/orders/*')]],
    ])
  })

  it('needs both services for a secret that is read through Parameter Store', () => {
    expect(of({ parameters: { a: '/aws/reference/secretsmanager/prod/a' } })).toEqual([
      [['secretsmanager:GetSecretValue'], [secret('prod/a-??????')]],
      [['ssm:GetParameter'], [parameter('aws/reference/secretsmanager/prod/a')]],
    ])
  })

  it('may decrypt with the keys that are named; an alias is a condition', () => {
    const key = 'arn:aws:kms:eu-west-1:123456789012:key'
    expect(of({ secrets: { a: 'a' } }, ['1234', `${key}/5678`, 'alias/orders']).slice(1)).toEqual([
      [['kms:Decrypt'], [`${key}/1234`, `${key}/5678`]],
      [
        ['kms:Decrypt'],
        [`${key}/*`],
        { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/orders' } },
      ],
    ])
  })

  it('needs nothing for a source that is not of AWS', () => {
    expect(of({ source: named('vault'), secrets: { a: 'a' } }, ['1234'])).toEqual([])
  })

  it('lets the agent describe a secret, as it must', () => {
    expect(of({ source: named('agent'), secrets: { a: 'a' } })).toEqual([
      [['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], [secret('a-??????')]],
    ])
  })
})
