// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation writes names so
import { describe, expect, it } from '@jest/globals'
import { checkLayer } from '../src/check/check-layer.ts'
import { checkRole } from '../src/check/check-role.ts'
import { checkTimes } from '../src/check/check-times.ts'
import { checkVariables } from '../src/check/check-variables.ts'
import type { ImportReport } from '../src/import/report.ts'
import { placeholder } from '../src/template/placeholder.ts'
import type { RoleStatement, RoleView } from '../src/template/role-view.ts'
import type { TemplateFunction } from '../src/template/template-function.ts'

const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}`
const needed = [{ sid: 'a', actions: ['secretsmanager:GetSecretValue'], resources: [secret('db-??????')] }]

const allow = (
  action: string | readonly string[],
  resource: string | readonly string[],
  more: Partial<RoleStatement> = {},
) => ({
  where: 'statement',
  effect: 'Allow' as const,
  actions: [action].flat(),
  notActions: [],
  resources: [resource].flat(),
  notResources: [],
  hasCondition: false,
  ...more,
})
const roleOf = (...statements: RoleStatement[]): RoleView => ({ statements, unseen: [] })
const get = 'secretsmanager:GetSecretValue'

const check = (role: RoleView, declared = { needed, mayGet: false }) =>
  checkRole('fn', declared, role).map(({ severity, message }) => [severity, message])

describe('checkRole', () => {
  it.each([
    ['the pattern itself', allow(get, secret('db-??????'))],
    ['an action in other letters', allow('SecretsManager:getsecretvalue', secret('db-??????'))],
    ['a wildcard in the action that only reads', allow('secretsmanager:Get*', secret('db-??????'))],
  ])('is content with %s', (_, statement) => {
    expect(check(roleOf(statement))).toEqual([])
  })

  it.each([
    ['nothing', [], /does not allow secretsmanager:GetSecretValue on/],
    ['another action', [allow('secretsmanager:DescribeSecret', '*')], /does not allow/],
    ['another name', [allow(get, secret('dbs-??????'))], /does not allow/],
    ['everything', [allow(get, '*')], /on \*, which is more than is declared/],
    ['longer names', [allow(get, secret('db-*'))], /end it in -\?{6} instead of -\*/],
    ['all of the service', [allow('secretsmanager:*', secret('db-??????'))], /PutSecretValue with it/],
    ['all but one', [allow(get, [], { notResources: [secret('x-??????')] })], /on all but a few/],
    ['a denial', [allow(get, secret('db-??????')), allow(get, '*', { effect: 'Deny' })], /statement denies/],
  ] as const)('finds %s', (_, statements, message) => {
    expect(check(roleOf(...statements))).toContainEqual(['finding', expect.stringMatching(message)])
  })

  it.each([
    ['the ARN with its suffix', allow(get, secret('db-AbCdEf'))],
    ['a condition', allow(get, secret('db-??????'), { hasCondition: true })],
    ['a name that the template leaves open', allow(get, secret(`${placeholder('Name')}-??????`))],
    ['a whole ARN that it leaves open', allow(get, placeholder('SecretArn'))],
  ])('cannot tell of %s, and says so', (_, statement) => {
    const found = check(roleOf(statement))
    expect(found.length).toBeGreaterThan(0)
    expect(found.filter(([severity]) => severity !== 'unknown')).toEqual([])
  })

  it('cannot tell of a policy that is not seen', () => {
    expect(check({ statements: [], unseen: ['the managed policy x'] })).toEqual([
      ['unknown', expect.stringContaining('cannot tell whether the role allows')],
      ['unknown', 'the managed policy x is not seen here: it may allow more, or deny.'],
    ])
  })

  it('tells the batch action alone where each value can be had without it', () => {
    const batch = { sid: 'b', actions: ['secretsmanager:BatchGetSecretValue'], resources: ['*'] }
    expect(
      check(roleOf(allow(get, secret('db-??????'))), { needed: [...needed, batch], mayGet: false }),
    ).toEqual([['finding', expect.stringMatching(/the batch action .* CDK's grantRead does not grant it/)]])
  })

  it('cannot tell whether names that are known only at run time need more', () => {
    const role = roleOf(allow(get, [secret('db-??????'), secret('tenants/*')]))
    expect(check(role, { needed, mayGet: true })).toEqual([['unknown', expect.stringContaining('tenants/*')]])
    expect(check(roleOf(allow(get, '*')), { needed, mayGet: true })).toContainEqual([
      'finding',
      expect.any(String),
    ])
  })
})

const key = {
  view: 'secrets',
  key: 'db',
  kind: 'secret',
  id: 'db',
  source: 'extension',
  maxAge: 300,
  cachedFor: 300,
  port: 2773,
}
const reportOf = (changes: object = {}, timeoutMilliseconds = 2_000) =>
  ({
    readers: [{ maker: 'secretsCache', timeoutMilliseconds, keys: [{ ...key, ...changes }] }],
  }) as unknown as ImportReport
const templateOf = (changes: Partial<TemplateFunction>) =>
  ({
    isImage: false,
    layers: [],
    architecture: 'x86_64',
    timeoutSeconds: 3,
    memoryMegabytes: 128,
    environment: {},
    ...changes,
  }) as TemplateFunction
const messages = (found: readonly { severity: string; message: string }[]) =>
  found.map(({ severity, message }) => `${severity}: ${message}`)

describe('checkLayer', () => {
  const arm = placeholder('resolve:ssm:/aws/service/aws-parameters-and-secrets-lambda-extension/arm64/latest')
  const x86 = 'arn:aws:lambda:eu-west-1:015030872274:layer:AWS-Parameters-and-Secrets-Lambda-Extension:12'
  it.each([
    [{ layers: [x86] }, []],
    [{ layers: [arm], architecture: 'arm64' }, []],
    [{ layers: [x86.replace('Extension:', 'Extension-Arm64:')], architecture: 'arm64' }, []],
    [{ layers: [arm] }, ['finding: the layer is that for arm64, and the function runs on x86_64.']],
    [
      { layers: ['arn:aws:lambda:eu-west-1:1:layer:other:1'] },
      [expect.stringContaining('finding: the layer is not attached')],
    ],
    [
      { layers: [placeholder('Layer')] },
      ['unknown: cannot tell whether the layer is attached: see ${Layer}.'],
    ],
    [
      { isImage: true },
      [expect.stringContaining('unknown: cannot tell whether the extension is in the image')],
    ],
  ])('of %j tells %j', (template, expected) => {
    expect(messages(checkLayer('fn', reportOf(), templateOf(template)))).toEqual(expected)
  })

  it('wants no layer for the SDK, and notes one that nobody asks', () => {
    expect(checkLayer('fn', reportOf({ source: 'sdk' }), templateOf({}))).toEqual([])
    expect(messages(checkLayer('fn', reportOf({ source: 'sdk' }), templateOf({ layers: [x86] })))).toEqual([
      'note: the layer is attached, and no source asks it.',
    ])
  })
})

describe('checkVariables', () => {
  const port = 'PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'
  it.each([
    [{}, {}, []],
    [{ port: 4000 }, { [port]: '4000' }, []],
    [{ port: 2774 }, {}, [expect.stringContaining('on port 2774, and it listens on 2773 (its default)')]],
    [{}, { [port]: placeholder('Port') }, [expect.stringContaining('unknown')]],
    [{}, { SECRETS_MANAGER_TTL: '301' }, [expect.stringContaining('seconds from 0 to 300')]],
    [
      { maxAge: 30 },
      {},
      [expect.stringContaining('secrets.db has a maxAge of 30 s, and the layer keeps values for 300 s')],
    ],
    [{ maxAge: 30, cachedFor: 30 }, { SECRETS_MANAGER_TTL: '30' }, []],
    [{ source: 'sdk', maxAge: 30, port: undefined }, { [port]: '1' }, []],
  ])('of %j with %j tells %j', (changes, environment, expected) => {
    const template = templateOf({ environment: environment as Record<string, string> })
    expect(messages(checkVariables('fn', reportOf(changes), template))).toEqual(expected)
  })
})

describe('checkTimes', () => {
  it.each([
    [2_000, {}, []],
    [2_000, { timeoutSeconds: 2 }, [expect.stringContaining('nothing is left for the handler')]],
    [2_900, {}, [expect.stringContaining('nothing is left for the handler')]],
    [2_000, { timeoutSeconds: undefined }, [expect.stringContaining('unknown')]],
    [500, {}, [expect.stringContaining('with 128 MB the first one has less than a tenth of a processor')]],
    [500, { memoryMegabytes: 512 }, []],
    [2_000, { memoryMegabytes: 64 }, [expect.stringContaining('Lambda has 128 to 10240')]],
  ])('of %d ms with %j tells %j', (timeout, template, expected) => {
    expect(messages(checkTimes('fn', reportOf({}, timeout), templateOf(template as object)))).toEqual(
      expected,
    )
  })
})
