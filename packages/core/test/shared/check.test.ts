import { describe, expect, it } from '@jest/globals'
import { checkOptionValues, type OptionCheck } from '@secrets-cache/core/internal'
import { orList } from '../../src/shared/check.ts'
import { nearest } from '../../src/shared/nearest.ts'

const checks: Record<string, OptionCheck> = {
  port: [(given) => given === 1, 'the port 1'],
  speed: [() => false, 'nothing'],
}

describe('orList', () => {
  it.each([
    [['a'], 'a'],
    [['a', 'b'], 'a or b'],
    [['a', 'b', 'c'], 'a, b or c'],
  ])('joins %j', (words, joined) => {
    expect(orList(words)).toBe(joined)
  })
})

describe('nearest', () => {
  it.each([
    ['staleIfErorr', 'staleIfError'],
    ['sta', 'staleWhileRevalidate'],
    ['st', undefined],
    ['maxage', 'maxAge'],
    ['port', 'port'],
    ['porte', 'port'],
    ['xyrt', 'part'],
    ['parsley', undefined],
  ])('finds for %j what was meant: %j', (given, word) => {
    const words = ['part', 'port', 'staleWhileRevalidate', 'staleIfError', 'maxAge']
    expect(nearest(given, words)).toBe(word)
  })
})

describe('checkOptionValues', () => {
  it.each([
    [{ port: 2 }, 'configuration: own(): port is 2. Give the port 1.'],
    [{ port: 'secret' }, 'configuration: own(): port is a string. Give the port 1.'],
    [{ prot: 1 }, 'configuration: own() has no option "prot". Did you mean "port"?'],
    [{ toString: 1 }, 'configuration: own() has no option "toString". It has port or speed.'],
    [undefined, 'configuration: own() is undefined. Pass an object with port or speed.'],
  ])('refuses %j, and says what is allowed', (options, message) => {
    expect(() => checkOptionValues('own()', options as object, checks)).toThrow(message)
  })

  it.each([{}, { port: 1 }, { port: undefined }, Object.create(null)])('takes %j', (options) => {
    expect(() => checkOptionValues('own()', options, checks)).not.toThrow()
  })
})
