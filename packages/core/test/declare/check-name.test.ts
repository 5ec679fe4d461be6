import { describe, expect, it } from '@jest/globals'
import { checkName } from '../../src/declare/check-name.ts'
import { list, text, tree } from '../../src/declare/declare.ts'
import { referenceOf } from '../../src/declare/reference-of.ts'

const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/db-AbCdEf'
const parameterArn = 'arn:aws:ssm:eu-west-1:123456789012:parameter/app/db'

describe('checkName', () => {
  it.each([
    ['secrets', 'app/db'],
    ['secrets', 'prod/undefined-behaviour'],
    ['secrets', 'a?b&c#d%2e../é'],
    ['secrets', secretArn],
    ['secrets', 'arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:app/db'],
    ['parameters', '/app/db'],
    ['parameters', 'nullable'],
    ['parameters', parameterArn],
    ['parameters', '/aws/reference/secretsmanager/app/db'],
  ] as const)('lets pass among the %s %s', (view, id) => {
    expect(() => checkName(view, 'key', id)).not.toThrow()
  })

  it.each([
    ['secrets', `${secretArn}:password::`, 'JSON key, stage or version, as ECS writes it'],
    ['secrets', `${secretArn}:password:AWSPREVIOUS:`, 'json() reads its keys'],
    ['secrets', '{{resolve:secretsmanager:app/db:SecretString:password}}', 'placeholder'],
    ['parameters', '{{resolve:ssm:/app/db}}', 'placeholder'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder in a text that is no template
    ['parameters', '/${Stage}/db', 'placeholder'],
    ['secrets', parameterArn, 'it is the ARN of one of the parameters. Declare it among the parameters.'],
    ['parameters', secretArn, 'it is the ARN of one of the secrets. Declare it among the secrets.'],
    ['secrets', 'arn:aws:lambda:eu-west-1:123456789012:function:x', 'another service than secretsmanager'],
    ['parameters', 'arn:aws:ssm:eu-west-1:123456789012:document/x', 'names no parameter'],
    ['secrets', 'arn:aws:secretsmanager:eu-west-1:123456789012:x', 'names no secret'],
    ['secrets', 'undefined/x', 'a part of the name is "undefined". Set the environment variable'],
    ['parameters', '/null/x', 'a part of the name is "null"'],
    ['parameters', '/app/[object Object]', 'a part of the name is "[object Object]"'],
    ['secrets', 'app/$(STAGE)/db', 'placeholder'],
    ['secrets', '#{stage}/db', 'placeholder'],
    ['secrets', 'ssm:/app/db', 'a prefix of another tool'],
    ['secrets', 'aws:secretsmanager:app/db', 'a prefix of another tool'],
    ['parameters', 'aws-parameterstore:/app/db', 'a prefix of another tool'],
    ['secrets', '"app/db"', 'in quotes of its own. Give the name without them.'],
    ['parameters', "'/app/db'", 'in quotes of its own'],
    ['secrets', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:', 'names no secret'],
    ['parameters', 'arn:aws:ssm:eu-west-1:123456789012:parameter/', 'names no parameter'],
    ['secrets', ' app/db', 'begins or ends with a space'],
    ['secrets', 'app/db\n', 'a control character'],
    ['secrets', '', 'the name is an empty string'],
  ] as const)('refuses among the %s %s', (view, id, message) => {
    expect(() => checkName(view, 'key', id)).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION', message: expect.stringContaining(message) }),
    )
  })
})

describe('referenceOf', () => {
  it.each([
    ['/flags/limit:1', { id: '/flags/limit', version: 1 }],
    ['/flags/limit:stable', { id: '/flags/limit', label: 'stable' }],
    [`${parameterArn}:3`, { id: parameterArn, version: 3 }],
    ['/flags/limit', { id: '/flags/limit' }],
  ])('takes the selector out of %s', (id, expected) => {
    expect(referenceOf('parameters', 'key', text(id))).toStrictEqual({
      kind: 'parameter',
      decrypt: true,
      ...expected,
    })
    expect(referenceOf('parameters', 'key', list(id))).toMatchObject(expected)
  })

  it('refuses a selector that is given twice, and version 0', () => {
    expect(() => referenceOf('parameters', 'key', text('/a:1', { label: 'x' }))).toThrow(
      'already ends in a version',
    )
    expect(() => referenceOf('parameters', 'key', text('/a:0'))).toThrow('is 0')
  })

  it.each([
    ['/a/b/', 'the name ends in a slash. What is below a path is read by tree().'],
    ['/', 'ends in a slash'],
    [`${parameterArn}/`, 'ends in a slash'],
    ['/a//b', 'two slashes together'],
    ['/a/b:', 'the name goes on after a colon. Give one version or label there, or none.'],
    ['/a/b:1:2', 'goes on after a colon'],
    [`${parameterArn}:1:2`, 'goes on after a colon'],
  ])('refuses the parameter %s, which can be none', (id, message) => {
    expect(() => referenceOf('parameters', 'key', text(id))).toThrow(message)
  })

  it.each(['a//b', 'a/b/'])('takes the secret %s, also through Parameter Store', (id) => {
    expect(referenceOf('secrets', 'key', text(id))).toMatchObject({ id })
    const through = `/aws/reference/secretsmanager/${id}`
    expect(referenceOf('parameters', 'key', text(through))).toMatchObject({ id: through })
  })

  it.each(['/a/*', '/a/b:1'])('refuses the path %s', (path) => {
    expect(() => referenceOf('parameters', 'key', tree(path))).toThrow('the path holds a star or a colon')
  })

  it.each([
    ['/a/', '/a'],
    ['/a//', '/a'],
    ['/', '/'],
  ])('takes the path %s for %s', (path, id) => {
    expect(referenceOf('parameters', 'key', tree(path))).toMatchObject({ id })
  })

  it('refuses a path with two slashes together', () => {
    expect(() => referenceOf('parameters', 'key', tree('/a//b'))).toThrow('two slashes together')
  })
})
