import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sourceContract } from '@secrets-cache/core/testing'
import { setup } from './contract.ts'
import { database } from './database.ts'

const folder = await mkdtemp(join(tmpdir(), 'secrets-cache-'))
try {
  for (const { name, run } of sourceContract(await setup(folder))) {
    await run()
    console.log(`ok  ${name}`)
  }

  const write = (password: string) =>
    writeFile(join(folder, 'prod-db'), JSON.stringify({ user: 'orders', password }))
  await write('first')
  process.env['SECRETS_FOLDER'] = folder
  const { handler } = await import('./handler.ts')
  const context = { getRemainingTimeInMillis: () => 3_000 } as Parameters<typeof handler>[1]
  console.log(`\ncold              ${await handler({}, context)}`)
  database.password = 'second'
  await write('second')
  console.log(`after a rotation  ${await handler({}, context)}`)
} finally {
  await rm(folder, { recursive: true })
}
