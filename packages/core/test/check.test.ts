import { describe, expect, it } from '@jest/globals'
import { checkOptionValues, type OptionCheck } from '@secrets-cache/core'

const checks: Record<string, OptionCheck> = {
  port: [(given) => given === 1, 'the port 1'],
  speed: [() => false, 'nothing'],
}

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
