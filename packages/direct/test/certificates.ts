import { generate } from 'selfsigned'
import type { Certificate } from './aws.ts'

interface Wanted {
  readonly ip?: string
  /** Days from now. */
  readonly validFrom?: number
  readonly validUntil?: number
}

const day = 24 * 60 * 60_000

/** A certificate that is its own authority. */
export async function makeCertificate({
  ip = '127.0.0.1',
  validFrom = -1,
  validUntil = 1,
}: Wanted = {}): Promise<Certificate> {
  const inDays = (days: number) => new Date(Date.now() + days * day)
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'test' }], {
    keyType: 'ec',
    curve: 'P-256',
    notBeforeDate: inDays(validFrom),
    notAfterDate: inDays(validUntil),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip }] },
    ],
  })
  return { cert, key }
}
