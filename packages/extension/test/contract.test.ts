import { afterAll, beforeAll, describe, it } from '@jest/globals'
import type { Reference } from '@secrets-cache/core'
import { sourceContract } from '@secrets-cache/core/testing'
import { type Flavour, type Local, startLocal } from '@secrets-cache/local'
import { extension } from '../src/index.ts'

const odd = 'prod/ä ?&#%2e..=+:@/☃'
const secrets = { plain: 'value-of-plain', empty: '', [odd]: 'value-of-odd', bytes: new Uint8Array([0, 255]) }
const parameters = {
  '/a/b': 'value-of-b',
  '/a/list': ['x', 'y'],
  '/a/secure': { type: 'SecureString', value: 'secure' },
} as const
const secret = (id: string, value: string | Uint8Array) => ({
  reference: { kind: 'secret', id } as Reference,
  value,
})
const parameter = (id: string, value: string | string[]) => ({
  reference: { kind: 'parameter', id, decrypt: true } as Reference,
  value,
})
const knownSecrets = [
  secret('plain', 'value-of-plain'),
  secret('empty', ''),
  secret(odd, 'value-of-odd'),
  secret('bytes', secrets.bytes),
]
const knownParameters = [
  parameter('/a/b', 'value-of-b'),
  parameter('/a/list', ['x', 'y']),
  parameter('/a/secure', 'secure'),
]

describe.each<[Flavour, boolean]>([
  ['layer', false],
  ['agent', true],
])('extension, speaking to the %s, keeps the contract of a source: it', (flavour, tellsMissing) => {
  let local: Local
  beforeAll(async () => {
    local = await startLocal({ secrets, parameters, flavour })
  })
  afterAll(() => local.close())

  const isAgent = flavour === 'agent'
  const setup = {
    source: () => extension({ environment: local.environment, agent: isAgent }),
    known: isAgent ? knownSecrets : [...knownSecrets, ...knownParameters],
    missing: [{ kind: 'secret', id: 'nowhere' }],
    tellsMissing,
  } as const
  for (const { name, run } of sourceContract(setup)) it(name, run)
})
