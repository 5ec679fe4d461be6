import { describe, expect, it } from '@jest/globals'
import { generateLike } from '../../src/page/generate.ts'

describe('a generated value', () => {
  it.each([
    ['abc-DEF-123', /^[a-z]{3}-[A-Z]{3}-\d{3}$/],
    ['sk_test_4eC39HqLyjWD', /^sk_test_\d[a-z][A-Z]\d\d[A-Z][a-z][A-Z][a-z]{2}[A-Z]{2}$/],
    [
      '0f8fad5b-d9cb-469f-a165-70867728950e',
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    ],
    ['', /^$/],
  ])('has the shape of %j', (old, shape) => {
    const made = generateLike(old)
    expect(made).toMatch(shape)
    if (old !== '') expect(made).not.toBe(old)
  })

  it('changes only the secret members of JSON', () => {
    const old = {
      host: 'db.local',
      port: 3306,
      user: 'app',
      password: 'Aa1-aaaaaaaa',
      nested: { apiKey: 'k1k1k1k1' },
    }
    const made = JSON.parse(generateLike(JSON.stringify(old)))
    expect(made).toEqual({
      ...old,
      password: expect.stringMatching(/^[A-Z][a-z]\d-[a-z]{8}$/),
      nested: { apiKey: expect.stringMatching(/^([a-z]\d){4}$/) },
    })
    expect(made.password).not.toBe(old.password)
  })

  it('changes every text where no member looks like a secret', () => {
    const made = JSON.parse(generateLike('{"one":"aaaaaaaa","list":["bbbbbbbb"],"port":1}'))
    expect(made).toEqual({
      one: expect.stringMatching(/^[a-z]{8}$/),
      list: [expect.stringMatching(/^[a-z]{8}$/)],
      port: 1,
    })
    expect([made.one, made.list[0]]).not.toEqual(['aaaaaaaa', 'bbbbbbbb'])
  })

  it('keeps the indent of JSON', () => {
    expect(generateLike('{\n  "password": "aaaaaaaa"\n}')).toMatch(/^\{\n {2}"password": "[a-z]{8}"\n\}$/)
  })
})
