/** The bytes of a base64 text. Strict: `Buffer.from` skips what is no base64, and a secret with a hole in it is none. */
export function bytesOfBase64(encoded: string): Uint8Array | undefined {
  const bytes = Buffer.from(encoded, 'base64')
  // A copy: a small Buffer is a window on a pool that holds others' bytes too.
  return bytes.toString('base64') === encoded ? new Uint8Array(bytes) : undefined
}
