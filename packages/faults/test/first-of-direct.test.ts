import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import { createCache } from '@secrets-cache/core/testing'
import { direct } from '@secrets-cache/direct'
import { type LocalOptions, startLocal } from '@secrets-cache/local'
import { createSecrets, extension, firstOf, retryOnRotation, tree } from '@secrets-cache/middy'
import { sdk } from '@secrets-cache/sdk'

const variables = { ...process.env }
afterEach(() => {
  process.env = { ...variables }
})

/** An account with a layer that keeps its values, as it does by default. */
async function startAccount(options: LocalOptions) {
  const local = await startLocal(options)
  process.env = { ...variables, ...local.environment }
  return local
}

describe('firstOf(extension(), direct())', () => {
  it('follows a rotation behind the layer: direct() reads past its cache', async () => {
    await using local = await startAccount({ secrets: { 'prod/db': 'old' } })
    const reader = createSecrets({
      secrets: { db: 'prod/db' },
      source: firstOf(extension(), direct()),
      cache: createCache(),
    })
    const { secrets } = await reader.read()
    expect(secrets.db).toBe('old')
    local.rotate('prod/db', 'new')
    const login = async (db: string) => {
      if (db === 'old') throw new Error('refused')
      return `logged in with ${db}`
    }
    expect(await retryOnRotation(secrets, 'db', login, { when: () => true })).toBe('logged in with new')
    expect(local.calls.layer.secretsmanager).toBe(1)
  })

  it('reads trees by direct(), and everything while the layer is not there', async () => {
    await using local = await startAccount({ secrets: { 'prod/db': 'x' }, parameters: { '/app/a': '1' } })
    const read = async () => {
      const { secrets, parameters } = await createSecrets({
        secrets: { db: 'prod/db' },
        parameters: { app: tree('/app') },
        source: firstOf(extension(), direct()),
        cache: createCache(),
      }).read()
      return [secrets.db, parameters.app]
    }
    expect(await read()).toEqual(['x', { a: '1' }])
    local.faults.opaque()
    expect(await read()).toEqual(['x', { a: '1' }])
  })
})

describe('firstOf(direct(), sdk())', () => {
  it('leaves to sdk() what needs credentials that only the SDK finds', async () => {
    await using _local = await startAccount({ secrets: { 'prod/db': 'x' } })
    const folder = await mkdtemp(join(tmpdir(), 'faults-'))
    const file = join(folder, 'credentials')
    await writeFile(file, '[work]\naws_access_key_id = a\naws_secret_access_key = b\n')
    for (const name of ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'SESSION_TOKEN'])
      delete process.env[`AWS_${name}`]
    Object.assign(process.env, { AWS_PROFILE: 'work', AWS_SHARED_CREDENTIALS_FILE: file })
    const events: object[] = []
    const reader = createSecrets({
      secrets: { db: 'prod/db' },
      source: firstOf(direct(), sdk({ region: 'eu-west-1' })),
      cache: createCache(),
      timeoutMilliseconds: 10_000,
      onEvent: (event) => events.push(event),
    })
    expect((await reader.read()).secrets.db).toBe('x')
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'next', source: 'direct', code: 'TOKEN', next: 'sdk' }),
    )
    await rm(folder, { recursive: true })
  })

  it('asks direct() alone where that can answer', async () => {
    await using local = await startAccount({ secrets: { 'prod/db': 'x' } })
    const source = firstOf(direct(), sdk())
    const reader = createSecrets({ secrets: { db: 'prod/db' }, source, cache: createCache() })
    expect((await reader.read()).secrets.db).toBe('x')
    expect(local.calls.upstream).toBe(1)
  })
})

it('is asked during INIT: the first read finds its values', async () => {
  await using local = await startAccount({ secrets: { 'prod/db': 'x' } })
  const reader = createSecrets({
    secrets: { db: 'prod/db' },
    source: direct(),
    cache: createCache(),
    prefetch: true,
  })
  while (local.calls.upstream === 0) await setImmediate()
  expect((await reader.read()).secrets.db).toBe('x')
  expect(local.calls.upstream).toBe(1)
})
