// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation writes names so
import { describe, expect, it } from '@jest/globals'
import { describeDeclared, json, list, text, tree } from '@secrets-cache/core'
import { parse } from 'yaml'
import type { FunctionRead } from '../src/import/read-functions.ts'
import { asCdk } from '../src/policy/cdk.ts'
import { asJson } from '../src/policy/json.ts'
import { otherSources, policiesFor } from '../src/policy/policies.ts'
import { asSam } from '../src/policy/sam.ts'
import { asTerraform } from '../src/policy/terraform.ts'

const source = (name: string) => ({ name, identity: name, fetch: () => [] })

function readOf(name: string, declared: Parameters<typeof describeDeclared>[0]): FunctionRead {
  const keys = describeDeclared(declared)
  return {
    place: { name, file: `/r/${name}/index.ts` },
    report: { readers: [{ keys }] },
  } as unknown as FunctionRead
}

const reads = [
  readOf('charge-card', {
    source: source('extension'),
    secrets: { db: json('prod/db'), other: 'arn:aws:secretsmanager:us-east-1:210987654321:secret:x-AbCd12' },
    parameters: { hosts: list('/prod/hosts') },
  }),
  readOf('report', {
    source: source('sdk'),
    secrets: { a: 'a', b: text('b') },
    parameters: { all: tree('/prod/report') },
  }),
  readOf('vault', { source: source('vault'), secrets: { a: 'a' } }),
]
const inCloudFormation = {
  partition: '${AWS::Partition}',
  region: '${AWS::Region}',
  account: '${AWS::AccountId}',
}
const here = { partition: 'aws', region: 'eu-west-1', account: '123456789012' }

/** AWS's grammar of a policy, as far as it is about statements that allow: what is wrong in a document. */
function grammarFaults(document: unknown): string[] {
  const { Version, Statement, ...more } = document as Record<string, unknown>
  const oneOrMore = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])
  const sids = new Set<unknown>()
  const ofStatement = (statement: Record<string, unknown>) => {
    const { Sid, Effect, Action, Resource, Condition = {}, ...others } = statement
    const faults = [
      ...(typeof Sid === 'string' && /^[A-Za-z0-9]+$/.test(Sid) && !sids.has(Sid) ? [] : [`Sid ${Sid}`]),
      ...(Effect === 'Allow' ? [] : ['Effect']),
      ...oneOrMore(Action).filter((action) => !/^[a-z-]+:[A-Za-z*?]+$/.test(String(action))),
      ...oneOrMore(Resource).filter(
        (resource) =>
          resource !== '*' && !/^arn:[\w-]+:[a-z0-9-]+:[\w-]*:(\d{12})?:[^\s]+$/.test(String(resource)),
      ),
      ...Object.entries(Condition as object).filter(
        ([operator, keys]) =>
          !/^(ForAnyValue:)?String(Equals|Like)$/.test(operator) ||
          !Object.entries(keys).every(
            ([key, value]) => /^[a-z]+:\w+$/.test(key) && typeof value === 'string',
          ),
      ),
      ...Object.keys(others),
    ]
    sids.add(Sid)
    return faults.map(String)
  }
  return [
    ...(Version === '2012-10-17' ? [] : ['Version']),
    ...Object.keys(more),
    ...(Statement as Record<string, unknown>[]).flatMap(ofStatement),
  ]
}

describe('asJson', () => {
  it("keeps to AWS's grammar, function by function and merged", () => {
    const options = {
      ...here,
      kmsKeys: ['alias/orders', 'alias/two', '1234abcd-12ab-34cd-56ef-1234567890ab'],
    }
    const each = JSON.parse(asJson(policiesFor(reads, options, false), false))
    expect(each.map(({ function: name }: { function: string }) => name)).toEqual(['charge-card', 'report'])
    for (const { policy } of each) expect(grammarFaults(policy)).toEqual([])
    expect(grammarFaults(JSON.parse(asJson(policiesFor(reads, options, true), true)))).toEqual([])
  })

  it('has a check of the grammar that can fail', () => {
    const wrong = {
      Version: '2008',
      Statement: [{ Sid: 'a b', Effect: 'allow', Action: 'x', Resource: 'y', Z: 1 }],
    }
    expect(grammarFaults(wrong)).toEqual(['Version', 'Sid a b', 'Effect', 'x', 'y', 'Z'])
  })

  it('holds Fn::Sub where Region and account are not given', () => {
    const [{ policy }] = JSON.parse(asJson(policiesFor(reads, inCloudFormation, false), false))
    expect(policy.Statement[0].Resource).toEqual([
      {
        'Fn::Sub':
          'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:prod/db-??????',
      },
      'arn:aws:secretsmanager:us-east-1:210987654321:secret:x-AbCd12',
    ])
  })

  it('is one document where functions are merged', () => {
    const merged = JSON.parse(asJson(policiesFor(reads, here, true), true))
    expect(merged.Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual([
      ...['ReadSecrets', 'ReadSecretsInBatches', 'ReadParameters', 'ReadParameterTrees'],
    ])
    expect(JSON.parse(asJson([], true))).toEqual({ Version: '2012-10-17', Statement: [] })
  })
})

describe('asSam', () => {
  it('is YAML with short forms that reads as the same policy', () => {
    const written = asSam(policiesFor(reads, inCloudFormation, false))
    const sub = { tag: '!Sub', resolve: (text: string) => ({ 'Fn::Sub': text }) }
    const read = parse(written, { customTags: [sub as never] })
    const documents = JSON.parse(asJson(policiesFor(reads, inCloudFormation, false), false))
    expect(Object.keys(read)).toEqual(['charge-card', 'report'])
    expect(read.report.Policies).toEqual([documents[1].policy])
    expect(written).toContain('Resource: !Sub arn:${AWS::Partition}:ssm:')
  })
})

describe('asCdk', () => {
  it('adds statements to functions that are called alike', () => {
    const place = { partition: '${Aws.PARTITION}', region: '${Aws.REGION}', account: '${Aws.ACCOUNT_ID}' }
    const written = asCdk(policiesFor(reads, place, false))
    expect(written).toContain("import { Aws } from 'aws-cdk-lib'")
    expect(written).toContain('chargeCard.addToRolePolicy(')
    expect(written).toContain(
      '`arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter/prod/hosts`',
    )
    expect(asCdk(policiesFor(reads, here, false))).not.toContain('import { Aws }')
  })
})

describe('asTerraform', () => {
  it('has a document for each function, and the data that it refers to', () => {
    const place = {
      partition: '${data.aws_partition.current.partition}',
      region: 'eu-west-1',
      account: '123456789012',
    }
    const written = asTerraform(policiesFor(reads, { ...place, kmsKeys: ['alias/orders'] }, false))
    expect(written).toContain('data "aws_iam_policy_document" "charge_card" {')
    expect(written).toMatch(/^data "aws_partition" "current" \{\}\n\ndata/)
    expect(written).toContain('variable = "kms:ResourceAliases"')
    const count = (sign: string) => written.split(sign).length
    expect(count('{')).toBe(count('}'))
    expect(count('[')).toBe(count(']'))
  })
})

describe('otherSources', () => {
  it('tells what is in no policy', () => {
    expect(otherSources(reads)).toEqual([
      {
        ...{ severity: 'note', check: 'role', function: 'vault' },
        message: 'vault is no source of AWS: what it reads is in no policy.',
      },
    ])
  })
})
