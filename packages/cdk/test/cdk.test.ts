import { describe, expect, it } from '@jest/globals'
import { json, list, tree } from '@secrets-cache/core'
import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { attachExtension, grantDeclared, secretsCacheFor } from '../src/index.ts'

const declared = {
  secrets: { db: json('prod/orders/db'), stripe: 'prod/stripe/key' },
  parameters: { hosts: list('/prod/orders/hosts') },
}

function stackWith(
  build: (fn: LambdaFunction, stack: Stack) => void,
  architecture = Architecture.ARM_64,
): Template {
  const stack = new Stack(new App(), 'Orders', { env: { region: 'eu-west-1', account: '123456789012' } })
  const fn = new LambdaFunction(stack, 'Api', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = () => 1'),
    architecture,
  })
  build(fn, stack)
  return Template.fromStack(stack)
}

/** The statements of the function's role, as actions and resources. */
const statementsOf = (template: Template) =>
  Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.map(({ Action, Resource }: Record<string, unknown>) => [
      Action,
      Resource,
    ]),
  )

const arn = (rest: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, rest]] })
const secret = (name: string) => arn(`:secretsmanager:eu-west-1:123456789012:secret:${name}-??????`)

describe('grantDeclared', () => {
  it('grants what is declared and nothing else', () => {
    expect(statementsOf(stackWith((fn) => grantDeclared(fn, declared)))).toEqual([
      ['secretsmanager:GetSecretValue', [secret('prod/orders/db'), secret('prod/stripe/key')]],
      ['ssm:GetParameter', arn(':ssm:eu-west-1:123456789012:parameter/prod/orders/hosts')],
    ])
  })

  it('grants the batch actions where AWS is asked itself', () => {
    const actions = (source: 'sdk' | 'firstOf(extension, sdk)') =>
      statementsOf(stackWith((fn) => grantDeclared(fn, declared, { source }))).map(([action]) => action)
    expect(actions('sdk')).toEqual([
      'secretsmanager:GetSecretValue',
      'secretsmanager:BatchGetSecretValue',
      'ssm:GetParameters',
    ])
    expect(actions('firstOf(extension, sdk)')).toContainEqual(['ssm:GetParameter', 'ssm:GetParameters'])
  })

  it('takes the source of the declaration itself', () => {
    const source = { name: 'sdk', identity: 'sdk', fetch: () => [] }
    const parameters = { all: tree('/prod/orders') }
    const path = arn(':ssm:eu-west-1:123456789012:parameter/prod/orders')
    const below = arn(':ssm:eu-west-1:123456789012:parameter/prod/orders/*')
    expect(statementsOf(stackWith((fn) => grantDeclared(fn, { source, parameters })))).toEqual([
      ['ssm:GetParametersByPath', [path, below]],
    ])
  })

  it('lets it decrypt with the keys that are named', () => {
    const template = stackWith((fn, stack) =>
      grantDeclared(fn, { secrets: { a: 'a' } }, { kmsKeys: [new Key(stack, 'Key')] }),
    )
    const [, decrypt] = statementsOf(template)
    expect(decrypt[0]).toBe('kms:Decrypt')
    expect(decrypt[1]).toMatchObject({ 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] })
  })

  it('refuses when the stack is built what the middleware would refuse', () => {
    const grant = () => stackWith((fn) => grantDeclared(fn, { secrets: { a: 'undefined/db' } }))
    expect(grant).toThrow('a part of the name is "undefined"')
  })
})

describe('attachExtension', () => {
  it.each([
    [Architecture.ARM_64, 'arm64'],
    [Architecture.X86_64, 'x86'],
  ])(
    "attaches the layer of the function's architecture by its public parameter",
    (architecture, processor) => {
      const template = stackWith((fn) => attachExtension(fn), architecture)
      const Default = `/aws/service/aws-parameters-and-secrets-lambda-extension/${processor}/latest`
      const [name, ...more] = Object.keys(template.findParameters('*', { Default }))
      expect(more).toEqual([])
      template.hasResourceProperties('AWS::Lambda::Function', { Layers: [{ Ref: name }] })
    },
  )

  it('sets the variables that the layer and extension() read', () => {
    const template = stackWith((fn) => attachExtension(fn, { ttlSeconds: 60, port: 4000, logLevel: 'warn' }))
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          SECRETS_MANAGER_TTL: '60',
          SSM_PARAMETER_STORE_TTL: '60',
          PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: '4000',
          PARAMETERS_SECRETS_EXTENSION_LOG_LEVEL: 'WARN',
        },
      },
    })
  })

  it.each([{ ttlSeconds: 301 }, { ttlSeconds: 1.5 }, { port: 0 }])('refuses %j', (options) => {
    expect(() => stackWith((fn) => attachExtension(fn, options))).toThrow(RangeError)
  })
})

describe('secretsCacheFor', () => {
  it('grants, and attaches the layer where it is asked', () => {
    const template = stackWith((fn) => secretsCacheFor(fn, declared, { ttlSeconds: 30 }))
    expect(statementsOf(template)).toHaveLength(2)
    template.hasResourceProperties('AWS::Lambda::Function', {
      Layers: [{}],
      Environment: { Variables: { SECRETS_MANAGER_TTL: '30' } },
    })
  })

  it('attaches no layer to a function over the SDK', () => {
    const template = stackWith((fn) => secretsCacheFor(fn, declared, { source: 'sdk' }))
    const [fn] = Object.values(template.findResources('AWS::Lambda::Function'))
    expect(fn?.['Properties']).not.toHaveProperty('Layers')
  })
})
