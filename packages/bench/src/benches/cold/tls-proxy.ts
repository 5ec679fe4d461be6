import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { generate } from 'selfsigned'
import type { ProxyData } from './tls-proxy-thread.ts'

/**
 * Puts TLS in front of the stand-in, as AWS has it: the variables of a function that asks AWS, with an endpoint that is
 * the proxy and a certificate that it trusts. The proxy is a thread of its own, as its work is not measured.
 */
export async function startTlsProxy(endpoint: string, folder: string) {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  })
  const file = join(folder, 'certificate.pem')
  await writeFile(file, cert)
  const workerData: ProxyData = { key, cert, to: Number(new URL(endpoint).port) }
  const thread = new Worker(new URL('tls-proxy-thread.ts', import.meta.url), { workerData })
  const [port] = (await once(thread, 'message')) as [number]
  return {
    variables: { AWS_ENDPOINT_URL: `https://127.0.0.1:${port}`, NODE_EXTRA_CA_CERTS: file },
    [Symbol.asyncDispose]: async () => void (await thread.terminate()),
  }
}
