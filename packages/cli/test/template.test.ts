// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation writes names so
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { withConditions } from '../src/template/conditions.ts'
import { functionsIn } from '../src/template/functions-in.ts'
import { parseTemplate } from '../src/template/parse-template.ts'
import { shown } from '../src/template/placeholder.ts'
import { createResolver } from '../src/template/resolve.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-cache-template-'))
  await writeFile(join(folder, 'index.js'), '')
})
afterAll(() => rm(folder, { recursive: true }))

async function write(text: string, name = 'template.yaml'): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

const nothing = { region: undefined, account: undefined, partition: undefined, parameters: {} }
const resources = `
Parameters:
  Stage: { Type: String }
  Table: { Type: String, Default: orders }
  Layer: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /aws/service/x/arm64/latest }
Mappings: { Names: { prod: { db: prod/db } } }
Resources:
  Named: { Type: AWS::SecretsManager::Secret, Properties: { Name: !Sub '\${Stage}/named' } }
  Unnamed: { Type: AWS::SecretsManager::Secret }
  Config: { Type: AWS::SSM::Parameter, Properties: { Name: /config } }
`

describe('createResolver', () => {
  const arn = 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:'
  it.each([
    ['a text', 'text'],
    ['!Ref Table', 'orders'],
    ['!Ref Stage', '${Stage}'],
    ['!Ref AWS::Region', '${AWS::Region}'],
    ["!Sub '${Stage}/db'", '${Stage}/db'],
    ["!Sub ['${A}/${Table}', { A: !Ref Stage }]", '${Stage}/orders'],
    ["!Sub 'a ${!Literal}'", 'a ${Literal}'],
    ["!Join ['/', [a, !Ref Table]]", 'a/orders'],
    ["!Select [1, !Split [',', 'a,b']]", 'b'],
    ['!FindInMap [Names, prod, db]', 'prod/db'],
    ['!If [IsProd, a, a]', 'a'],
    ['!If [IsProd, a, b]', '${If.IsProd,a,b}'],
    ['!ImportValue Shared', '${ImportValue.Shared}'],
    ['!Ref Named', `${arn}\${Stage}/named-??????`],
    ['!Ref Unnamed', `${arn}\${Unnamed}-??????`],
    ['!GetAtt Unnamed.Id', `${arn}\${Unnamed}-??????`],
    ['!Ref Config', '/config'],
    ['!GetAtt Config.Arn', 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/config'],
    ['!GetAtt Queue.Arn', '${Queue.Arn}'],
    ["'{{resolve:ssm:/a}}'", '${resolve.ssm./a}'],
    ['!Ref Layer', '${resolve.ssm./aws/service/x/arm64/latest}'],
  ])('resolves %s to %s', async (written, expected) => {
    const text = written === 'a text' ? 'text' : written
    const template = parseTemplate(await write(`${resources.replaceAll('\\$', '$')}Value: ${text}\n`))
    const { text: resolve } = createResolver(template, nothing)
    expect(shown(resolve((template as unknown as { Value: unknown }).Value))).toBe(expected)
  })

  it('takes what is known: Region, account, parameters', async () => {
    const template = parseTemplate(await write(resources.replaceAll('\\$', '$')))
    const known = {
      region: 'eu-west-1',
      account: '123456789012',
      partition: 'aws',
      parameters: { Stage: 'prod' },
    }
    const { text } = createResolver(template, known)
    expect(text({ Ref: 'Named' })).toBe(
      'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/named-??????',
    )
  })

  it('has no value for AWS::NoValue', async () => {
    const { resolve } = createResolver(parseTemplate(await write(resources)), nothing)
    expect(resolve({ a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }] })).toEqual({ b: [] })
  })
})

describe('the conditions of a template', () => {
  const conditional = `
Parameters:
  Stage: { Type: String, Default: prod }
  Open: { Type: String }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Not [!Condition IsProd]
  IsOpen: !Equals [!Ref Open, 'yes']
  IsBoth: !And [!Condition IsProd, !Condition IsOpen]
  IsEither: !Or [!Condition IsProd, !Condition IsOpen]
  IsNone: !And [!Condition IsDev, !Condition IsOpen]
  IsSame: !Equals [!Ref Open, !Ref Open]
  IsCircle: !Not [!Condition IsCircle]
Resources:
  Dev: { Type: AWS::SQS::Queue, Condition: IsDev }
  Prod: { Type: AWS::SQS::Queue, Condition: IsProd }
  Maybe: { Type: AWS::SQS::Queue, Condition: IsOpen }
`
  async function deployed(value: string, parameters: Readonly<Record<string, string>> = {}) {
    const template = parseTemplate(await write(`${conditional}Globals: { Value: ${value} }\n`))
    return withConditions(template, createResolver(template, { ...nothing, parameters }))
  }

  it.each([
    ['!If [IsProd, yes, no]', 'yes'],
    ['!If [IsDev, yes, no]', 'no'],
    ['!If [IsEither, yes, no]', 'yes'],
    ['!If [IsNone, yes, no]', 'no'],
    ['!If [IsSame, yes, no]', 'yes'],
    ['!If [IsDev, !Ref AWS::NoValue, [!If [IsProd, one, two], !If [IsDev, a, !Ref AWS::NoValue]]]', ['one']],
    ['!If [IsOpen, yes, no]', { 'Fn::If': ['IsOpen', 'yes', 'no'] }],
    ['!If [IsBoth, yes, no]', { 'Fn::If': ['IsBoth', 'yes', 'no'] }],
    ['!If [IsCircle, yes, no]', { 'Fn::If': ['IsCircle', 'yes', 'no'] }],
    ['!If [IsMissing, yes, no]', { 'Fn::If': ['IsMissing', 'yes', 'no'] }],
    ['!If [IsProd, !Ref AWS::NoValue, b]', undefined],
  ])('take %s for %j', async (written, expected) => {
    expect((await deployed(written)).Globals?.['Value']).toEqual(expected)
  })

  it('take given parameters before defaults', async () => {
    expect((await deployed('!If [IsProd, yes, no]', { Stage: 'dev' })).Globals?.['Value']).toBe('no')
    expect((await deployed('!If [IsBoth, yes, no]', { Open: 'yes' })).Globals?.['Value']).toBe('yes')
  })

  it('leave out resources, and keep those of which they cannot tell with their condition', async () => {
    const { Resources } = await deployed('1')
    expect(Object.entries(Resources).map(([name, { Condition }]) => [name, Condition])).toEqual([
      ['Prod', undefined],
      ['Maybe', 'IsOpen'],
    ])
  })
})

describe('parseTemplate', () => {
  it('tells line and column of what is not YAML, and quotes nothing of it', async () => {
    const file = await write('Resources:\n  a: [canary-1\n', 'broken.yaml')
    expect(() => parseTemplate(file)).toThrow(/broken\.yaml:\d+:\d+: this is not YAML or JSON/)
    expect(() => parseTemplate(file)).not.toThrow('canary')
  })

  it.each([['Outputs: {}\n'], ['- a\n'], ['']])('refuses %j, which is no template', async (text) => {
    const file = await write(text, 'none.yaml')
    expect(() => parseTemplate(file)).toThrow('it has no Resources')
  })
})

describe('functionsIn', () => {
  const find = async (text: string, more: object = {}) =>
    functionsIn(await write(text), { ...nothing, code: {}, environment: {}, ...more })

  it('takes a SAM function with its globals: variables, layers, times, role', async () => {
    const { places, absent } = await find(`
Globals: { Function: { Runtime: nodejs22.x, Timeout: 9, Layers: [one], Environment: { Variables: { A: a, B: b } } } }
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: index.handler
      Layers: [two]
      Environment: { Variables: { B: own } }
      Policies:
        - AWSLambdaBasicExecutionRole
        - SSMParameterReadPolicy: { ParameterName: orders/config }
        - SQSPollerPolicy: { QueueName: q }
        - arn:aws:iam::123456789012:policy/other
        - Statement: { Effect: Allow, Action: 'ssm:GetParameter', Resource: '*' }
  Python: { Type: AWS::Serverless::Function, Properties: { Runtime: python3.13, CodeUri: . } }
  Queue: { Type: AWS::SQS::Queue }
`)
    expect(absent).toEqual([])
    expect(places).toHaveLength(1)
    const [{ environment, template, exportName, file }] = places as [(typeof places)[number]]
    expect([environment['A'], environment['B'], exportName, file]).toEqual([
      'a',
      'own',
      'handler',
      join(folder, 'index.js'),
    ])
    expect(template).toMatchObject({
      layers: ['one', 'two'],
      timeoutSeconds: 9,
      memoryMegabytes: 128,
      architecture: 'x86_64',
      role: { unseen: ['the managed policy arn:aws:iam::123456789012:policy/other'] },
    })
    expect(template?.role.statements.map(({ where, actions }) => [where, actions.length])).toEqual([
      ['the policy template SSMParameterReadPolicy', 3],
      ['Policies[4], statement 1', 1],
    ])
  })

  it('takes the role of a function of CloudFormation, with every policy that is attached to it', async () => {
    const { places } = await find(
      `{ "Resources": {
      "Role": { "Type": "AWS::IAM::Role", "Properties": {
        "ManagedPolicyArns": [{ "Ref": "Managed" }],
        "PermissionsBoundary": "x",
        "Policies": [{ "PolicyName": "own", "PolicyDocument": { "Statement": [{ "Sid": "One", "Effect": "Deny", "Action": "a", "Resource": "b" }] } }] } },
      "Managed": { "Type": "AWS::IAM::ManagedPolicy", "Properties": { "PolicyDocument": { "Statement": { "Effect": "Allow", "Action": "c", "Resource": "d", "Condition": {} } } } },
      "Attached": { "Type": "AWS::IAM::Policy", "Properties": { "Roles": [{ "Ref": "Role" }], "PolicyDocument": { "Statement": [{ "Effect": "Allow", "NotAction": "e", "NotResource": "f" }] } } },
      "Fn": { "Type": "AWS::Lambda::Function", "Properties": { "Runtime": "nodejs24.x", "Handler": "index.handler", "Code": { "S3Bucket": "b", "S3Key": "k" }, "Role": { "Fn::GetAtt": ["Role", "Arn"] } } }
    } }`,
      { code: { Fn: folder } },
    )
    expect(places[0]?.template?.role.unseen).toEqual(['a permissions boundary'])
    expect(places[0]?.template?.role.statements).toMatchObject([
      { where: 'Role, policy own, Sid One', effect: 'Deny', actions: ['a'], resources: ['b'] },
      { where: 'Managed, statement 1', hasCondition: true },
      { where: 'Attached, statement 1', notActions: ['e'], notResources: ['f'] },
    ])
  })

  it('tells where the code of a function is not to be found', async () => {
    const code = (written: string) =>
      `  F: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs22.x, Handler: index.handler, ${written} } }`
    const reasonOf = async (written: string) =>
      (await find(`Resources:\n${code(written)}\n`)).absent[0]?.reason
    expect(await reasonOf('CodeUri: s3://a/b')).toContain('there is no such folder')
    expect(await reasonOf('CodeUri: { Bucket: a, Key: b }')).toContain('--code F=folder')
    expect(await reasonOf('CodeUri: none')).toContain('none: there is no such folder')
  })

  const conditional = `
Parameters: { Stage: { Type: String, Default: prod }, Open: { Type: String } }
Conditions: { IsProd: !Equals [!Ref Stage, prod], IsOpen: !Equals [!Ref Open, 'yes'] }
`

  it('takes the branch of each condition that can be told', async () => {
    const { places } = await find(`${conditional}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      CodeUri: .
      Handler: index.handler
      Timeout: !If [IsProd, 9, 3]
      Environment: { Variables: { A: !If [IsProd, a, b], B: !If [IsOpen, a, b], C: !If [IsProd, !Ref AWS::NoValue, c] } }
      Policies: [!If [IsProd, { Statement: { Sid: One, Effect: Allow, Action: a, Resource: b } }, !Ref AWS::NoValue]]
  Dev: { Type: AWS::IAM::Policy, Condition: IsOpen, Properties: { Roles: [!Ref FRole], PolicyDocument: {} } }
  Not: { Type: AWS::Serverless::Function, Condition: IsProd, Properties: { Runtime: python3.13 } }
`)
    expect(places).toHaveLength(1)
    const { environment = {}, template } = places[0] ?? {}
    expect([environment['A'], shown(environment['B'] ?? ''), 'C' in environment]).toEqual([
      'a',
      '${If.IsOpen,a,b}',
      false,
    ])
    expect(template).toMatchObject({
      timeoutSeconds: 9,
      role: {
        statements: [{ where: 'Policies[0], Sid One' }],
        unseen: [expect.stringMatching(/^Dev, which the condition IsOpen/)],
      },
    })
    const without = await find(
      `${conditional}
Resources:
  F: { Type: AWS::Serverless::Function, Condition: IsProd, Properties: { Runtime: nodejs22.x, CodeUri: ., Handler: index.handler } }
`,
      { parameters: { Stage: 'dev' } },
    )
    expect(without).toEqual({ places: [], absent: [] })
  })

  it.each([
    ['Effect: !If [IsOpen, Allow, Deny], Action: a, Resource: b', 'Policies[0], statement 1'],
    ['Effect: Allow, Action: !If [IsOpen, a, b], Resource: b', 'Policies[0], statement 1'],
    ["'Fn::If': [IsOpen, {}, {}]", 'Policies[0], statement 1'],
  ])('does not see a statement that is open: %s', async (statement, where) => {
    const { places } = await find(`${conditional}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs22.x, CodeUri: ., Handler: index.handler, Policies: [{ Statement: [{ ${statement} }] }] }
`)
    const unseen = `${where}, whose effect or action the template leaves open,`
    expect(places[0]?.template?.role).toEqual({ statements: [], unseen: [unseen] })
  })

  it.each([
    ['Handler: !If [IsOpen, a, b]', 'Handler'],
    ['Handler: index.handler, Environment: !If [IsOpen, {}, { Variables: {} }]', 'Environment'],
    ['Handler: index.handler, Environment: { Variables: !If [IsOpen, {}, {}] }', 'Environment'],
  ])('cannot tell what a function declares with %s', async (properties, name) => {
    const { absent } = await find(`${conditional}
Resources:
  F: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs22.x, CodeUri: ., ${properties} } }
`)
    expect(absent[0]?.reason).toMatch(new RegExp(`^its ${name} depends on what only the deployment knows`))
  })

  it('does not see a role that is not in the template', async () => {
    const { places } = await find(`
Resources:
  F: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs22.x, CodeUri: ., Handler: index.handler, Role: !ImportValue Role } }
`)
    expect(places[0]?.template?.role).toEqual({ statements: [], unseen: ['the role ${ImportValue.Role}'] })
  })
})
