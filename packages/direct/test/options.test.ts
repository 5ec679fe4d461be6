import { Agent } from 'node:https'
import { describe, expect, it } from '@jest/globals'
import { direct } from '../src/index.ts'

describe('the options', () => {
  it.each<[object, string]>([
    [{ regoin: 'eu-west-1' }, 'direct() has no option "regoin". Did you mean "region"?'],
    [{ region: '' }, 'direct(): region is an empty string. Give a Region such as "eu-west-1".'],
    [{ region: 'evil.example/' }, 'direct(): region is a string. Give a Region such as "eu-west-1".'],
    [{ region: 7 }, 'direct(): region is 7. Give a Region'],
    [
      { credentials: { accessKeyId: 'CANARY' } },
      'direct(): credentials is an object. Give a function that gives',
    ],
    [{ agent: {} }, 'direct(): agent is an object. Give an Agent of node:https'],
    [{ agent: null }, 'direct(): agent is null. Give an Agent'],
    [{ concurrency: 0 }, 'direct(): concurrency is 0. Give a whole number from 1 up.'],
    [{ concurrency: 1.5 }, 'direct(): concurrency is 1.5.'],
    [{ environment: 'CANARY' }, 'direct(): environment is a string. Give an object of variables'],
    [{ environment: null }, 'direct(): environment is null.'],
  ])('are refused: %j', (options, message) => {
    expect(() => direct(options)).toThrow(message)
    expect(() => direct(options)).not.toThrow('CANARY')
  })

  it('may each be left out, or be undefined', () => {
    const agent = new Agent()
    const environment = { AWS_REGION: 'eu-west-1' }
    const credentials = () => ({ accessKeyId: 'a', secretAccessKey: 'b' })
    for (const options of [{}, { region: undefined, agent: undefined }, { agent, environment, credentials }])
      expect(direct(options).name).toBe('direct')
  })
})
