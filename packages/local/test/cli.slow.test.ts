import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { readArguments } from '../src/cli/arguments.ts'
import { connectLocal, startLocal } from '../src/index.ts'
import { ask, askLayer } from './ask.ts'

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
const CANARY = 'canary-7f3a91'

/** What the SDKs, the CLI, the agent and the tools around them read. */
const LEADS_TO_AN_ACCOUNT =
  `AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_SECURITY_TOKEN AWS_ACCESS_KEY
AWS_SECRET_KEY AWS_TOKEN AWS_CREDENTIAL_EXPIRATION AWS_CREDENTIAL_SCOPE AWS_ACCOUNT_ID AWS_PROFILE AWS_DEFAULT_PROFILE
AWS_SHARED_CREDENTIALS_FILE AWS_CREDENTIAL_FILE AWS_CONFIG_FILE AWS_SDK_LOAD_CONFIG AWS_ROLE_ARN AWS_ROLE_SESSION_NAME
AWS_WEB_IDENTITY_TOKEN_FILE AWS_CONTAINER_CREDENTIALS_RELATIVE_URI AWS_CONTAINER_CREDENTIALS_FULL_URI
AWS_CONTAINER_AUTHORIZATION_TOKEN AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE AWS_EC2_METADATA_SERVICE_ENDPOINT
AWS_EC2_METADATA_DISABLED AWS_METADATA_SERVICE_TIMEOUT AWS_SSO_SESSION AWS_LOGIN_CACHE_DIRECTORY AWS_VAULT AWSUME_PROFILE
AWS_BEARER_TOKEN_BEDROCK AWS_ENDPOINT_URL AWS_ENDPOINT_URL_SSM AWS_ENDPOINT_URL_STS AWS_IGNORE_CONFIGURED_ENDPOINT_URLS
AWS_USE_FIPS_ENDPOINT AWS_USE_DUALSTACK_ENDPOINT AWS_REGION AWS_DEFAULT_REGION AWS_LAMBDA_RUNTIME_API
ECS_CONTAINER_METADATA_URI ECS_CONTAINER_METADATA_URI_V4`.split(/\s/)

// A process has to start first, on a machine that may be busy.
jest.setTimeout(180_000)

describe('secrets-cache-local', () => {
  let folder: string
  const children: ChildProcess[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'secrets-cache-local-'))
  })
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
    }
    await rm(folder, { recursive: true })
  })

  const write = async (name: string, content: string) => {
    const file = join(folder, name)
    await writeFile(file, content)
    return file
  }

  const run = (...given: string[]) => start({}, given)
  const runIn = (cwd: string, ...given: string[]) => start({ cwd }, given)
  const runWith = (env: Record<string, string>, ...given: string[]) => start({ env }, given)

  const start = ({ cwd, env }: { cwd?: string; env?: Record<string, string> }, given: readonly string[]) => {
    const child = spawn(process.execPath, [CLI, ...given], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], ...env },
      ...(cwd === undefined ? {} : { cwd }),
    })
    children.push(child)
    const lines: string[] = []
    const waiting = new Set<() => void>()
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        for (const look of waiting) look()
      })
    const saying = (pattern: RegExp) =>
      new Promise<string>((resolve, reject) => {
        const look = () => {
          const line = lines.find((said) => pattern.test(said))
          if (line === undefined) return
          waiting.delete(look)
          resolve(line)
        }
        waiting.add(look)
        child.once('close', () => reject(new Error(`ended without ${pattern}: ${lines.join(' | ')}`)))
        look()
      })
    const ended = once(child, 'close').then(([code]) => code as number)
    const ready = async () => JSON.parse(await saying(/"event":"ready"/))
    return { child, lines, saying, ended, ready }
  }

  const values = JSON.stringify({ secrets: { 'prod/x': CANARY }, parameters: { '/prod/y': ['a', 'b'] } })

  it('says with one line of JSON where it is, and serves the file', async () => {
    const { ready, lines } = run(await write('values.json', values), '--port', '0', '--json')
    const { url, port, environment } = await ready()
    expect(environment.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT).toBe(String(port))
    const { text } = await askLayer(url, '/systemsmanager/parameters/get?name=%2Fprod%2Fy')
    expect(JSON.parse(text).Parameter).toMatchObject({ Type: 'StringList', Value: 'a,b' })
    expect(lines).toHaveLength(1)
  })

  it('is rotated, counted and ended by another process', async () => {
    const { ready, ended } = run(await write('values.json', values), '--port', '0', '--json')
    const { url } = await ready()
    const client = connectLocal(url)
    await client.rotate('prod/x', 'new')
    expect((await askLayer(url, '/secretsmanager/get?secretId=prod%2Fx')).text).toContain('"new"')
    expect((await client.calls()).layer.secretsmanager).toBe(1)
    await client.close()
    expect(await ended).toBe(0)
  })

  it.each([
    ['v.env', '# comment\nexport prod/x="two\\nlines"\n/prod/y=\'a,b\'\nplain=a=b\n'],
    ['v.yml', 'secrets: { prod/x: "two\\nlines", plain: a=b }\nparameters: { /prod/y: "a,b" }\n'],
    ['v.json', '{"secrets":{"prod/x":"two\\nlines","plain":"a=b"},"parameters":{"/prod/y":"a,b"}}'],
  ])('serves %s', async (name, content) => {
    const { ready } = run(await write(name, content), '--port', '0', '--json')
    const { url } = await ready()
    const secret = async (id: string) =>
      JSON.parse((await askLayer(url, `/secretsmanager/get?secretId=${id}`)).text).SecretString
    expect(await secret('prod%2Fx')).toBe('two\nlines')
    expect(await secret('plain')).toBe('a=b')
    const { text } = await askLayer(url, '/systemsmanager/parameters/get?name=%2Fprod%2Fy')
    expect(JSON.parse(text).Parameter.Value).toBe('a,b')
  })

  it('serves bytes', async () => {
    const { ready } = run(
      await write('v.yaml', 'secrets: { a: !!binary AQI=, b: { $binary: AQI= } }'),
      '--port=0',
      '--json',
    )
    const { url } = await ready()
    for (const id of ['a', 'b'])
      expect(JSON.parse((await askLayer(url, `/secretsmanager/get?secretId=${id}`)).text).SecretBinary).toBe(
        'AQI=',
      )
  })

  it('passes a signal on to its command', async () => {
    const program =
      'process.on("SIGTERM", () => process.exit(3)); setInterval(() => {}, 1000); console.log("up")'
    const { saying, child, ended } = run('--port', '0', '--', process.execPath, '-e', program)
    await saying(/^up$/)
    child.kill('SIGTERM')
    expect(await ended).toBe(3)
  })

  it('says when the command cannot be run', async () => {
    const { ended, lines } = run('--port', '0', '--json', '--', 'no-such-program')
    expect(await ended).toBe(2)
    expect(lines.at(-1)).toBe('The command "no-such-program" cannot be run (ENOENT).')
  })

  it('explains itself', async () => {
    const { ended, lines } = run('--help')
    expect(await ended).toBe(0)
    expect(lines[0]).toMatch(/^secrets-cache-local \[values file\]/)
    expect(lines.filter((line) => line.length > 80)).toEqual([])
  })

  it('ends quietly when nobody reads on', async () => {
    const { child, saying, ended, lines } = run('--port', '0')
    child.stdout.destroy()
    const line = await saying(/Serving on port/)
    await ended
    expect(lines).toEqual([line])
  })

  it('ends cleanly at a signal', async () => {
    const { ready, child, ended } = run('--port', '0', '--json')
    await ready()
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  it('prints what to export and logs requests, never a value', async () => {
    const { saying, lines } = run(await write('values.json', values), '--port', '0')
    const [, url = ''] = /^export AWS_ENDPOINT_URL=(.*)$/.exec(await saying(/^export AWS_ENDPOINT_URL/)) ?? []
    await askLayer(url, '/secretsmanager/get?secretId=prod%2Fx')
    expect(await saying(/^layer secretsmanager/)).toBe('layer secretsmanager prod/x 200')
    expect(await saying(/^aws/)).toBe('aws (layer) GetSecretValue prod/x 200')
    expect(lines.join('\n')).not.toContain(CANARY)
  })

  it('takes a changed file for a rotation', async () => {
    const file = await write('values.yaml', 'secrets: { prod/x: one, prod/gone: x }\n')
    const { saying } = run(file, '--port', '0')
    const [, url = ''] = /=(.*)$/.exec(await saying(/^export AWS_ENDPOINT_URL/)) ?? []
    await writeFile(file, 'secrets: {\n')
    expect(await saying(/not taken/)).toMatch(/values\.yaml:\d+:\d+: this is not YAML/)
    await writeFile(file, 'secrets: { prod/x: two }\n')
    await saying(/^rotated prod\/x$/)
    await saying(/^removed prod\/gone$/)
    expect((await askLayer(url, '/secretsmanager/get?secretId=prod%2Fx')).text).toContain('"two"')
  })

  it('runs a command with the environment and ends with its exit code', async () => {
    const program = 'console.log("port", process.env.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT); process.exit(7)'
    const { ended, saying } = run('--port', '0', '--', process.execPath, '-e', program)
    expect(await saying(/^port \d+$/)).toBeDefined()
    expect(await ended).toBe(7)
  })

  it('plays the faults of its flags', async () => {
    const file = await write('values.json', values)
    const { ready } = run(
      file,
      '--port=0',
      '--json',
      '--not-ready',
      '1',
      '--deny',
      'prod/x',
      '--throttle',
      '1/s',
    )
    const { url } = await ready()
    const get = async () => (await askLayer(url, '/secretsmanager/get?secretId=prod%2Fx')).text
    expect(await get()).toContain('not ready')
    expect(await get()).toContain('unexpected error')
    expect((await ask(url, '/secretsmanager/get?secretId=prod%2Fx')).status).toBe(401)
  })

  it.each([
    ['a.json', `{"secrets": {"x": "${CANARY}" "y"}}`, /a\.json:1:\d+: this is not JSON from here on$/],
    ['a.json', '{"secretz": {}}', /unknown key "secretz".*Did you mean "secrets"\?$/],
    ['a.yaml', `secrets:\n  x: "${CANARY}\n`, /a\.yaml:\d+:\d+: this is not YAML/],
    ['a.env', `FINE=1\n${CANARY}`, /a\.env:2:1: this line is no NAME=value$/],
    ['a.json', '{"secrets": {"prod/x": 12}}', /a\.json: The secret "prod\/x" is of type number/],
    ['a.toml', '', /ends in \.json, \.yaml, \.yml or \.env, not in "\.toml"$/],
  ])('says what is wrong with %s (%#) and quotes nothing of it', async (name, content, message) => {
    const { ended, lines } = run(await write(name, content), '--port', '0')
    expect(await ended).toBe(2)
    expect(lines).toEqual([expect.stringMatching(message)])
    expect(lines.join()).not.toContain(CANARY)
  })

  it.each([
    [['--port', 'x'], /--port is "x"; it is a whole number$/],
    [['--throttle', '40'], /--throttle is "40"; it is a rate such as 40\/s$/],
    [['a.json', 'b.json'], /one values file is enough; given were "a\.json", "b\.json"$/],
    [['none.json'], /none\.json: there is no such file$/],
    [['--port'], /'--port <value>' argument missing$/],
    [['--slow', 'fast'], /--slow is "fast"; it is a time such as 200ms/],
    [
      ['--deny', 'ssm:GetParamter', '--port', '0', '--json'],
      /unknown action.*Did you mean "ssm:GetParameter"\?$/,
    ],
    [['--flavour', 'agnet', '--port', '0'], /Did you mean "agent"\?$/],
  ])('says what is wrong with %j', async (given, message) => {
    const { ended, lines } = run(...given)
    expect(await ended).toBe(2)
    expect(lines).toEqual([expect.stringMatching(message)])
  })

  it.each([
    [['rnu', '.'], /: there is no command or file "rnu"\. Did you mean run\?$/],
    [['rum'], /Did you mean run\?$/],
    [['help'], /Did you mean --help\?$/],
    [['nothing-like-it'], /: there is no command or file "nothing-like-it"\.$/],
    [['--prot', '1'], /there is no flag --prot\. Did you mean --port\?$/],
    [['--not-raedy', '1'], /Did you mean --not-ready\?$/],
  ])('answers %j with the nearest word and how it is used', (given, message) => {
    const read = () => readArguments(given)
    expect(read).toThrow(message)
    expect(read).toThrow(
      expect.objectContaining({ usage: expect.stringMatching(/^usage: secrets-cache-local /) }),
    )
  })

  it('shows the usage below its mistakes', async () => {
    const { ended, lines } = run('rnu', '.')
    expect(await ended).toBe(2)
    expect(lines[0]).toMatch(/Did you mean run\?$/)
    expect(lines[1]).toMatch(/^usage: secrets-cache-local /)
    expect(lines.length).toBeLessThan(6)
  })

  it('says what to install where run, which the command line has, is not there', async () => {
    const { ended, lines } = runIn(folder, 'run', '.')
    expect(await ended).toBe(2)
    expect(lines).toEqual([
      expect.stringMatching(/^secrets-cache-local: run is a command of @secrets-cache\/cli/),
      'npm install --save-dev @secrets-cache/cli',
    ])
  })

  it('says its version', async () => {
    const { ended, lines } = run('--version')
    expect(await ended).toBe(0)
    expect(lines).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+/)])
    expect(readArguments(['-v']).version).toBe(true)
  })

  it('tells of a denied name that the account does not have', async () => {
    const file = await write('values.json', values)
    const denied = ['prod/z', 'prod/*', 'test/*', '/prod/y:1', 'ssm:GetParameter', 'prod/x']
    const { ready, lines } = run(file, '--port=0', '--json', ...denied.map((name) => `--deny=${name}`))
    await ready()
    expect(lines.filter((line) => line.startsWith('--deny'))).toEqual([
      '--deny prod/z: there is no such name in the account. Did you mean prod/x?',
      expect.stringMatching(/^--deny test\/\*: there is no such name in the account\./),
    ])
  })

  it('asks AWS each time with --ttl 0', async () => {
    const { ready } = run(await write('values.json', values), '--port', '0', '--json', '--ttl', '0')
    const { url, environment } = await ready()
    expect(environment).toMatchObject({ SECRETS_MANAGER_TTL: '0', SSM_PARAMETER_STORE_TTL: '0' })
    await askLayer(url, '/secretsmanager/get?secretId=prod%2Fx')
    await connectLocal(url).rotate('prod/x', 'new')
    expect((await askLayer(url, '/secretsmanager/get?secretId=prod%2Fx')).text).toContain('"new"')
  })

  it('uses the values file of the folder where nobody names one, and says so', async () => {
    await write('values.json', values)
    const { saying } = runIn(folder, '--port', '0')
    expect(await saying(/^values of/)).toBe('values of values.json')
    expect(await saying(/^# /)).toMatch(/^# 1 secret and 1 parameter on/)
  })

  it('leaves nothing to a command that leads to a real account', async () => {
    const program = `console.log('env ' + JSON.stringify(process.env))`
    const real = Object.fromEntries(LEADS_TO_AN_ACCOUNT.map((name) => [name, CANARY]))
    const { saying, ended } = runWith(
      { ...real, AWS_BUCKET: 'mine' },
      '--port',
      '0',
      '--',
      process.execPath,
      '-e',
      program,
    )
    const { AWS_BUCKET, ...environment } = JSON.parse((await saying(/^env /)).slice(4))
    expect(await ended).toBe(0)
    expect(AWS_BUCKET).toBe('mine')
    expect(JSON.stringify(environment)).not.toContain(CANARY)
    // Neither the files of the home folder nor the machine's role.
    expect(environment).toMatchObject({
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_CONFIG_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: 'true',
    })
  })

  it('says when the port is taken', async () => {
    await using other = await startLocal()
    const { ended, lines } = run('--port', String(other.port))
    expect(await ended).toBe(2)
    expect(lines).toEqual([`Port ${other.port} is taken; choose another, or 0 for any free one.`])
  })
})
