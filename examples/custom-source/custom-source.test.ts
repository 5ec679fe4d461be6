import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type ContractSetup, sourceContract } from '@secrets-cache/core/testing'
import { setup } from './contract.ts'
import { database } from './database.ts'

const folder = await mkdtemp(join(tmpdir(), 'secrets-cache-'))
const contract: ContractSetup = await setup(folder)
afterAll(() => rm(folder, { recursive: true }))

describe('the contract of a source', () => {
  for (const { name, run } of sourceContract(contract)) it(name, run)
})

describe('the handler', () => {
  const write = (password: string) =>
    writeFile(join(folder, 'prod-db'), JSON.stringify({ user: 'orders', password }))

  beforeAll(() => write('first'))

  it('reads its secret from a file, and again when the file was rotated', async () => {
    process.env['SECRETS_FOLDER'] = folder
    const { handler } = await import('./handler.ts')
    const context = { getRemainingTimeInMillis: () => 3_000 } as Parameters<typeof handler>[1]

    await expect(handler({}, context)).resolves.toBe('connected as orders')
    database.password = 'second'
    await write('second')
    await expect(handler({}, context)).resolves.toBe('connected as orders')
  })
})
