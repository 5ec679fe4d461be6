import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { type Local, startLocal } from '@secrets-cache/local'
import { account, canary, files } from './fixtures/monorepo.ts'
import { writeRepository } from './fixtures/write-repository.ts'
import { published, type Run, runCli } from './helpers/run-cli.ts'

// Twenty processes for each command, on a machine that may be busy.
jest.setTimeout(300_000)

let repository: Awaited<ReturnType<typeof writeRepository>>
let local: Local
const runs: Run[] = []

beforeAll(async () => {
  repository = await writeRepository(files)
  local = await startLocal(account)
  local.rotate('prod/stripe/key', `${canary}-next`)
})
afterAll(async () => {
  await local.close()
  await repository[Symbol.asyncDispose]()
})

const run = (...given: string[]) => runWith({}, ...given)

async function runWith(variables: Record<string, string>, ...given: string[]): Promise<Run> {
  const done = await runCli(repository.folder, [...given, '--timeout', '60s'], {
    STAGE: 'prod',
    ...local.environment,
    ...variables,
  })
  runs.push(done)
  return done
}

/** What STS answers to AssumeRole. */
const assumed = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>${canary}</SecretAccessKey><SessionToken>${canary}</SessionToken>
<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`

const functionsOf = (values: readonly { readonly function: string }[]) => [
  ...new Set(values.map((one) => one.function)),
]

describe('a repository of twenty functions', () => {
  it('is listed within five seconds of two processors, however busy they are', async () => {
    const given = ['list', '--json', '--timeout', '60s']
    const { stdout, status, processorSeconds } = await runCli(
      repository.folder,
      given,
      { STAGE: 'prod' },
      published,
    )
    expect(status).toBe(0)
    expect(functionsOf(JSON.parse(stdout))).toHaveLength(20)
    expect(processorSeconds).toBeGreaterThan(0)
    // From the source, whose types Node strips in each process, it takes twice as long.
    expect(processorSeconds).toBeLessThan(published.length === 1 ? 10 : 20)
  })

  it('has each fault of its template found, and nothing else', async () => {
    const { stdout, status } = await run('check', '--template', 'template.yaml', '--json')
    const { findings } = JSON.parse(stdout) as { findings: Record<string, string>[] }
    expect(status).toBe(1)
    const found = findings.map(({ function: name, check, severity, message }) => [
      name,
      check,
      severity,
      message,
    ])
    const arn = (name: string) =>
      `arn:\${AWS::Partition}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:${name}`
    expect(found.sort()).toEqual([
      ['Arm', 'layer', 'finding', 'the layer is that for x86_64, and the function runs on arm64.'],
      ['Bare', 'layer', 'finding', expect.stringContaining('the layer is not attached')],
      [
        'Batch',
        'role',
        'finding',
        expect.stringContaining('the batch action secretsmanager:BatchGetSecretValue'),
      ],
      [
        'Cron',
        'role',
        'finding',
        `the role does not allow secretsmanager:GetSecretValue on ${arn('prod/orders/db-??????')}.`,
      ],
      [
        'Port',
        'variables',
        'finding',
        'the code asks the layer on port 2774, and it listens on 2773 (its default).',
      ],
      ['Short', 'time', 'finding', expect.stringContaining('nothing is left for the handler')],
      [
        'Wide',
        'role',
        'finding',
        `Policies[0], statement 1 allows secretsmanager:GetSecretValue on ${arn('prod/*')}, which is more than is declared.`,
      ],
    ])
  })

  it('has each fault of its account found, and nothing else', async () => {
    const { stdout, status } = await run('check', '--json')
    const { values, findings } = JSON.parse(stdout) as {
      values: Record<string, string>[]
      findings: unknown[]
    }
    expect(status).toBe(1)
    expect(findings).toEqual([])
    expect(functionsOf(values as never)).toHaveLength(20)
    expect(values.filter(({ ok }) => !ok).map(({ function: name, key, code }) => [name, key, code])).toEqual([
      ['gone', 'gone', 'NOT_FOUND'],
      ['malformed', 'malformed', 'INVALID_JSON'],
      ['schema', 'account', 'SCHEMA_MISMATCH'],
    ])
    expect(values.filter(({ fallback }) => fallback).map(({ key }) => key)).toEqual(['limit'])
  })

  it('tells an account that denies a name, and of a role that cannot be assumed', async () => {
    const denial = local.faults.deny('prod/orders/db')
    const { stdout } = await run('check', 'functions/api')
    denial.clear()
    expect(stdout).toContain('✗ api secrets.orders ACCESS_DENIED "prod/orders/db"')
    expect(stdout).toContain('✓ api secrets.stripe\n')
    const refused = await run('check', 'functions/api', '--role', 'arn:aws:iam::123456789012:role/api')
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('it cannot be assumed') })
  })

  it('is read with the credentials of a role, where one is named', async () => {
    const asked: string[] = []
    const sts = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (chunk: string) => asked.push(chunk))
      request.on('end', () => response.setHeader('content-type', 'text/xml').end(assumed))
    })
    await once(sts.listen(0, '127.0.0.1'), 'listening')
    try {
      const role = 'arn:aws:iam::123456789012:role/reader'
      const { port } = sts.address() as AddressInfo
      const variables = { AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${port}` }
      const { stdout, stderr } = await runWith(variables, 'check', 'functions/api', '--role', role)
      expect(decodeURIComponent(asked.join(''))).toContain(role)
      expect(stdout + stderr).toContain('✓ api secrets.orders\n✓ api secrets.stripe\n')
    } finally {
      sts.close()
    }
  })

  it('has an unused declaration, and uses that no shared module has', async () => {
    const { stdout, status } = await run('graph', '--shared', 'shared', '--json')
    const { unused, undeclared } = JSON.parse(stdout)
    expect(status).toBe(1)
    expect(unused).toEqual([{ file: 'shared/index.js', export: 'secrets', key: 'unused', id: 'prod/unused' }])
    expect(undeclared.map(({ id }: { id: string }) => id)).toEqual([
      ...['prod/account', 'prod/cert', 'prod/gone', 'prod/malformed', 'prod/stage/key'],
      ...['/prod/limit', '/prod/report'],
    ])
  })

  it('has both noted without --shared, of the module that its functions load', async () => {
    const named = JSON.parse((await run('graph', '--shared', 'shared', '--json')).stdout)
    const { stdout, stderr, status } = await run('graph', '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toEqual(named)
    expect(stderr).toContain('· graph: secrets.unused (prod/unused) of shared/index.js')
    expect(stderr).not.toContain('✗')
  })

  it('is pulled into a values file of the stand-in, made up or as it is', async () => {
    const refused = await run('pull')
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('--yes-production') })

    const made = await run('pull', '--redacted', '--yes-production', '-o', 'shape.json')
    expect(made.stderr).toContain('prod/gone is left out: NOT_FOUND')
    expect(made.stderr).toContain('does not carry older')
    const text = await readFile(join(repository.folder, 'shape.json'), 'utf8')
    expect(text).not.toContain(canary)
    const shape = JSON.parse(text)
    expect(Object.keys(shape.secrets['prod/orders/db'])).toEqual(['user', 'password'])

    const whole = await run('pull', '--yes-production', '-o', 'values.json')
    expect(whole.status).toBe(1)
    const { mode } = await stat(join(repository.folder, 'values.json'))
    expect(mode & 0o777).toBe(0o600)
    const values = JSON.parse(await readFile(join(repository.folder, 'values.json'), 'utf8'))
    expect(values.secrets['prod/orders/db']).toEqual(account.secrets['prod/orders/db'])
    expect(values.parameters).toEqual(account.parameters)
    await using again = await startLocal(values)
    expect(again.url).toMatch(/^http/)
  })

  it('never has a value in what is printed', () => {
    expect(runs.length).toBeGreaterThan(7)
    expect(JSON.stringify(runs)).not.toContain(canary)
  })
})
