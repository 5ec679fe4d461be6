import { describe, expect, it } from '@jest/globals'
import { covers, mayOverlap } from '../src/check/globs.ts'
import { placeholder } from '../src/template/placeholder.ts'

const stage = placeholder('Stage')

describe('covers', () => {
  it.each([
    ['a', 'a', true],
    ['a', 'ab', false],
    ['*', 'anything:*', true],
    ['a*', 'ab?', true],
    ['a?', 'ab', true],
    ['a?', 'a?', true],
    ['ab', 'a?', false],
    ['a??', 'a*', false],
    ['a*c', 'abbc', true],
    ['a*c', 'abbd', false],
    ['secret:db-??????', 'secret:db-AbCdEf', true],
    ['secret:db-AbCdEf', 'secret:db-??????', false],
    ['secret:db-*', 'secret:db-replica-??????', true],
    [`${stage}/db`, `${stage}/db`, true],
    ['prod/db', `${stage}/db`, false],
    [`${stage}/*`, `${stage}/db`, true],
  ])('of %j and %j is %j', (pattern, text, expected) => {
    expect(covers(pattern, text)).toBe(expected)
  })
})

describe('mayOverlap', () => {
  it.each([
    ['a', 'b', false],
    ['a*', '*b', true],
    ['a*', 'b*', false],
    ['a?c', 'abc', true],
    ['', '*', true],
    ['secret:db-AbCdEf', 'secret:db-??????', true],
    ['secret:other-??????', 'secret:db-??????', false],
    [`${stage}/db`, 'prod/db', true],
    [`${stage}/db`, 'prod/key', false],
    ['arn:aws:ssm:eu-west-1:1:parameter/a', 'arn:aws:ssm:us-east-1:1:parameter/a', false],
    ['arn:aws:ssm:*:1:parameter/a', 'arn:aws:ssm:us-east-1:1:parameter/a', true],
    [`arn:aws:ssm:${stage}:1:parameter/a`, 'arn:aws:ssm:x:1:parameter/b', false],
  ])('of %j and %j is %j', (one, other, expected) => {
    expect(mayOverlap(one, other)).toBe(expected)
    expect(mayOverlap(other, one)).toBe(expected)
  })
})
