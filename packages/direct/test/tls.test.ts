import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { Agent } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { ask, newDirect, read, secret } from './account.ts'
import { startAws } from './aws.ts'
import { makeCertificate } from './certificates.ts'
import { closeLater, closeStarted } from './close-started.ts'
import { fetchInProcess } from './fetch-in-process.ts'

afterEach(closeStarted)

const value = () => ({ SecretString: 'over TLS' })
let certificate: Awaited<ReturnType<typeof makeCertificate>>
let folder: string
let authority: string

beforeAll(async () => {
  certificate = await makeCertificate()
  folder = await mkdtemp(join(tmpdir(), 'direct-'))
  authority = join(folder, 'authority.pem')
  await writeFile(authority, certificate.cert)
})
afterAll(() => rm(folder, { recursive: true }))

async function errorOf(source = newDirect()) {
  const [outcome] = await ask(source, [secret('a')])
  if (!outcome || outcome.ok) throw new Error('it did not fail')
  return outcome.error
}

describe('a source over TLS', () => {
  it('reads from a server whose authority the agent knows, and keeps the connection', async () => {
    const aws = await startAws(value, certificate)
    const agent = new Agent({ keepAlive: true, ca: certificate.cert })
    const source = newDirect({ agent })
    for (const _ of [1, 2]) expect(await read(source, [secret('a')])).toEqual(['over TLS'])
    expect(aws.sockets.size).toBe(1)
    agent.destroy()
  })

  it('trusts nobody else', async () => {
    const aws = await startAws(value, certificate)
    expect(await errorOf()).toMatchObject({
      code: 'UNREACHABLE',
      reason: expect.stringMatching(/^(DEPTH_ZERO_)?SELF_SIGNED_CERT/),
      remedy: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    })
    expect(aws.asked).toEqual([])
  })

  it('refuses a certificate for another host', async () => {
    const other = await makeCertificate({ ip: '127.0.0.2' })
    const aws = await startAws(value, other)
    const agent = new Agent({ ca: other.cert })
    expect(await errorOf(newDirect({ agent }))).toMatchObject({
      code: 'UNREACHABLE',
      reason: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
    expect(aws.asked).toEqual([])
  })

  it.each([
    ['CERT_HAS_EXPIRED', { validFrom: -2, validUntil: -1 }],
    ['CERT_NOT_YET_VALID', { validFrom: 1, validUntil: 2 }],
  ])('refuses a certificate out of its time, and says to check the clock: %s', async (reason, time) => {
    const other = await makeCertificate(time)
    await startAws(value, other)
    const agent = new Agent({ ca: other.cert })
    expect(await errorOf(newDirect({ agent }))).toMatchObject({
      code: 'UNREACHABLE',
      reason,
      remedy: expect.stringMatching(/clock/),
    })
  })

  it('refuses a server that speaks plain HTTP, or nothing at all', async () => {
    const aws = await startAws(value)
    process.env['AWS_ENDPOINT_URL'] = aws.url.replace('http:', 'https:')
    expect((await errorOf()).code).toBe('UNREACHABLE')
    expect(aws.asked).toEqual([])
  })
})

describe('a process', () => {
  it('reads from a server whose authority NODE_EXTRA_CA_CERTS names', async () => {
    const aws = await startAws(value, certificate)
    expect(await fetchInProcess({ NODE_EXTRA_CA_CERTS: authority })).toEqual(['over TLS'])
    expect(aws.asked).toHaveLength(1)
  })

  it('trusts nobody more where it is told to trust everybody', async () => {
    const aws = await startAws(value, certificate)
    expect(await fetchInProcess({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toEqual(['UNREACHABLE'])
    expect(aws.asked).toEqual([])
  })

  it.each([
    [{ NODE_USE_ENV_PROXY: '1' }, 1],
    [{ NODE_OPTIONS: '--use-env-proxy' }, 1],
    [{ NODE_USE_ENV_PROXY: '1', NO_PROXY: '127.0.0.1' }, 0],
    [{}, 0],
  ])('asks through the proxy that the environment names where Node is told to: %j', async (told, times) => {
    // Node 22.19 has no such flag; its agents know no proxies.
    if (!process.allowedNodeEnvironmentFlags.has('--use-env-proxy')) return
    const aws = await startAws(value, certificate)
    const proxy = await startProxy()
    const variables = { ...told, HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: authority }
    expect(await fetchInProcess(variables)).toEqual(['over TLS'])
    expect(proxy.asked).toEqual(Array(times).fill(aws.url.slice('https://'.length)))
  })
})

/** A proxy that connects wherever it is asked to. */
async function startProxy() {
  const asked: unknown[] = []
  const server = createServer().on('connect', ({ url }, client, head) => {
    asked.push(url)
    const [host, port] = String(url).split(':')
    const upstream = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.write(head)
      upstream.pipe(client).pipe(upstream)
    })
    for (const socket of [upstream, client]) socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closeLater(() => server.close())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
  }
}
