import { describe, expect, it } from '@jest/globals'
import { extension } from '../src/index.ts'
import { fetchAll, freePort, parameter, secret, serveInTurn, source } from './helpers/index.ts'

const environment = {}
const dispatcher = { dispatch: () => true }

describe('extension', () => {
  it('is called extension, cannot force a refresh and is not asked during INIT', () => {
    expect(extension({ environment })).toMatchObject({
      name: 'extension',
      refreshable: false,
      duringInit: false,
    })
  })

  it('is called agent over the agent, which can force a refresh', () => {
    expect(extension({ agent: true, environment })).toMatchObject({ name: 'agent', refreshable: true })
  })

  it.each([
    [{ prot: 2773 }, 'has no option "prot"', '"port"'],
    [{ conections: 3 }, 'has no option "conections"', '"connections"'],
    [{ Agent: true }, 'has no option "Agent"', '"agent"'],
    [{ env: {} }, 'has no option "env"', '"environment"'],
    [{ tokens: () => 'x' }, 'has no option "tokens"', '"token"'],
    [{ dispatch: {} }, 'has no option "dispatch"', '"dispatcher"'],
    [{ connections: 0 }, 'extension(): connections is ', 'from 1 to 1000'],
    [{ connections: 1001 }, 'extension(): connections is ', 'from 1 to 1000'],
    [{ dispatcher: null }, 'extension(): dispatcher is ', 'undici'],
    [{ token: 'abc' }, 'extension(): token is ', 'function'],
    [{ agent: 'yes' }, 'extension(): agent is ', 'true or false'],
    [{ environment: null }, 'extension(): environment is ', 'variables'],
    [{ environment: 'x' }, 'extension(): environment is ', 'variables'],
    [{ dispatcher, connections: 3 }, 'dispatcher and connections', 'on the dispatcher'],
    [{ port: 0 }, 'extension(): port is ', '1 to 65535'],
    [{ port: 65536 }, 'extension(): port is ', '1 to 65535'],
    [{ port: 2773.5 }, 'extension(): port is ', '1 to 65535'],
    [{ port: '2773' }, 'extension(): port is ', '1 to 65535'],
  ])('refuses the options %j', (options, what, remedy) => {
    const make = () => extension(options as object)
    expect(make).toThrow(expect.objectContaining({ code: 'CONFIGURATION' }))
    expect(make).toThrow(what)
    expect(make).toThrow(remedy)
  })

  it('takes an undefined option for one that is left out', () => {
    expect(extension({ port: undefined, connections: undefined, environment }).identity).toBe(
      'extension:2773',
    )
  })

  it.each(['0', '70000', 'abc', '2773/@evil', ' 2773', '2773.5', '0x1', '-1', '02773', '2773\n'])(
    'refuses the port variable %j',
    (port) => {
      const make = () => extension({ environment: { PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: port } })
      expect(make).toThrow(expect.objectContaining({ code: 'CONFIGURATION' }))
      expect(make).toThrow(
        `PARAMETERS_SECRETS_EXTENSION_HTTP_PORT is not a port: ${JSON.stringify(port)}. Give a whole number from 1 to 65535.`,
      )
    },
  )

  it('quotes no more than the beginning of a port variable', () => {
    const environment = { PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: 'x'.repeat(41) }
    expect(() => extension({ environment })).toThrow(`: "${'x'.repeat(40)}". `)
  })

  it.each([1, 65535])('takes the port %i', (port) => {
    expect(extension({ port, environment }).identity).toBe(`extension:${port}`)
  })

  it.each([1, 1000])('takes %i connections', (connections) => {
    expect(() => extension({ connections, environment })).not.toThrow()
  })

  it('follows the port variable when it changes after it was made', async () => {
    const one = await serveInTurn('{"SecretString":"from one"}')
    const two = await serveInTurn('{"SecretString":"from two"}')
    const variables: NodeJS.ProcessEnv = { AWS_SESSION_TOKEN: 'token' }
    const follower = extension({ environment: variables })
    const values = []
    for (const { port } of [one, two, two]) {
      variables['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] = String(port)
      expect(follower.identity).toBe(`extension:${port}`)
      values.push(...(await fetchAll(follower, [secret('a')])))
    }
    expect(values).toMatchObject([{ value: 'from one' }, { value: 'from two' }, { value: 'from two' }])
    expect(two.connections()).toBe(1)
  })

  it('gives the error of a port variable that has become wrong, and sends nothing', async () => {
    const variables: NodeJS.ProcessEnv = { AWS_SESSION_TOKEN: 'token' }
    const follower = extension({ environment: variables })
    variables['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] = '2773/@evil'
    expect(await fetchAll(follower, [secret('a')])).toMatchObject([
      { ok: false, error: { code: 'CONFIGURATION', id: 'a', source: 'extension' } },
    ])
  })

  it('reads process.env where no other environment is given', async () => {
    const { port } = await serveInTurn('{"SecretString":"value"}')
    const before = { ...process.env }
    try {
      process.env['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] = String(port)
      process.env['AWS_SESSION_TOKEN'] = 'token'
      expect(await fetchAll(extension(), [secret('a')])).toMatchObject([{ ok: true, value: 'value' }])
    } finally {
      process.env = before
    }
  })

  it('is one identity per kind, port and dispatcher', () => {
    const other = { dispatch: () => true }
    const identities = [
      extension({ environment }),
      extension({ port: 2774, environment }),
      extension({ agent: true, environment }),
      extension({ dispatcher, environment }),
      extension({ dispatcher: other, environment }),
    ].map(({ identity }) => identity)
    expect(new Set(identities).size).toBe(5)
    expect(identities[4]).toMatch(/^extension:2773:\d+$/)
    expect(extension({ environment }).identity).toBe(identities[0])
    expect(extension({ dispatcher, environment }).identity).toBe(identities[3])
  })

  it('refuses a tree, and says what can read one', async () => {
    const tree = { kind: 'tree', id: '/app/', recursive: true, decrypt: true } as const
    const layer = source(await freePort())
    expect(layer.refusal?.(secret('a'))).toBeUndefined()
    expect(layer.refusal?.(parameter('a'))).toBeUndefined()
    expect(layer.refusal?.(tree)).toMatchObject({
      code: 'UNSUPPORTED',
      id: '/app/',
      source: 'extension',
      reason: 'it has no reading by path',
      remedy: 'Use direct(), sdk() or firstOf(extension(), direct()).',
    })
    expect(await fetchAll(layer, [tree])).toMatchObject([{ ok: false, error: { code: 'UNSUPPORTED' } }])
  })

  it('refuses a parameter of the agent', async () => {
    const agent = source(await freePort(), { agent: true })
    expect(agent.refusal?.(secret('a'))).toBeUndefined()
    expect(agent.refusal?.(parameter('/a'))).toMatchObject({
      code: 'UNSUPPORTED',
      source: 'agent',
      reason: 'the agent has no parameters',
      remedy: 'Use direct(), sdk() or firstOf(extension({ agent: true }), direct()).',
    })
    expect(await fetchAll(agent, [parameter('/a')])).toMatchObject([{ error: { code: 'UNSUPPORTED' } }])
  })
})

describe('cachedFor', () => {
  it.each([
    [{}, 300, 300],
    [{ SECRETS_MANAGER_TTL: '20' }, 20, 300],
    [{ SSM_PARAMETER_STORE_TTL: '0' }, 300, 0],
    [{ SECRETS_MANAGER_TTL: '900', SSM_PARAMETER_STORE_TTL: '-5' }, 300, 0],
    [{ SECRETS_MANAGER_TTL: 'soon', SSM_PARAMETER_STORE_TTL: ' ' }, 300, 300],
    [{ PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED: 'FALSE', SECRETS_MANAGER_TTL: '20' }, 0, 0],
    [{ PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED: 'TRUE' }, 300, 300],
    [{ PARAMETERS_SECRETS_EXTENSION_CACHE_SIZE: '0' }, 0, 0],
    [{ PARAMETERS_SECRETS_EXTENSION_CACHE_SIZE: '10' }, 300, 300],
  ])('reads the layer TTL from %j', (variables, ofSecrets, ofParameters) => {
    const layer = extension({ environment: variables })
    expect(layer.cachedFor?.(secret('a'))).toBe(ofSecrets)
    expect(layer.cachedFor?.(parameter('a'))).toBe(ofParameters)
  })

  it('takes the default of the agent, which does not read the variables of the layer', () => {
    const agent = extension({ agent: true, environment: { SECRETS_MANAGER_TTL: '0' } })
    expect(agent.cachedFor?.(secret('a'))).toBe(300)
  })
})
