import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'

// npm itself, against a registry on loopback that keeps what it gets.
jest.setTimeout(180_000)

const run = promisify(execFile)
const script = fileURLToPath(new URL('../src/publish.ts', import.meta.url))
const names = ['@secrets-cache/core', '@secrets-cache/middy']
const packages = new Map<string, { versions: Readonly<Record<string, object>> }>()
const published: string[] = []
let refused: string | undefined

const registry = createServer(async (request, answer) => {
  const name = decodeURIComponent((request.url as string).slice(1))
  if (request.method === 'PUT') {
    const body = (await json(request)) as { versions: Record<string, object>; 'dist-tags': object }
    if (name === refused) return answer.writeHead(503).end('{}')
    published.push(...Object.keys(body.versions).map((version) => `${name} ${version}`))
    packages.set(name, body)
    return answer.writeHead(201).end('{}')
  }
  const found = packages.get(name)
  return answer.writeHead(found ? 200 : 404).end(JSON.stringify(found ?? {}))
})

let folder: string
beforeAll(async () => {
  registry.listen(0, '127.0.0.1')
  await once(registry, 'listening')
  folder = await mkdtemp(join(tmpdir(), 'secrets-cache-'))
  const order: object[] = []
  for (const name of names) {
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version: '1.2.3' }))
    const { stdout } = await run('npm', ['pack', '--json'], { cwd: folder })
    const [{ filename }] = JSON.parse(stdout)
    order.push({ file: filename, name, version: '1.2.3' })
  }
  await writeFile(join(folder, 'order.json'), JSON.stringify(order))
})
afterAll(async () => {
  registry.closeAllConnections()
  registry.close()
  await rm(folder, { recursive: true })
})

async function publish() {
  const host = `127.0.0.1:${(registry.address() as AddressInfo).port}`
  await writeFile(
    join(folder, '.npmrc'),
    `registry=http://${host}/\n//${host}/:_authToken=of-this-test\nfetch-retries=0\n`,
  )
  const cache = { npm_config_cache: join(folder, 'cache'), npm_config_userconfig: join(folder, '.npmrc') }
  const { stdout } = await run(process.execPath, [script, folder], {
    cwd: folder,
    env: { ...process.env, ...cache, NODE_OPTIONS: '' },
  })
  return stdout
}

describe('publish.ts', () => {
  it('publishes in the given order, and goes on where it broke off', async () => {
    refused = names[1]
    await expect(publish()).rejects.toThrow('503')
    expect(published).toEqual(['@secrets-cache/core 1.2.3'])

    refused = undefined
    expect(await publish()).toBe(
      '@secrets-cache/core 1.2.3 is published already\n@secrets-cache/middy 1.2.3 published\n',
    )
    expect(published).toEqual(['@secrets-cache/core 1.2.3', '@secrets-cache/middy 1.2.3'])
  })

  it('says what it needs', async () => {
    await expect(run(process.execPath, [script])).rejects.toMatchObject({ code: 2 })
  })
})
