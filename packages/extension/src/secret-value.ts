import { fieldsOf, parseFields, textOf } from '@secrets-cache/core/internal'

/** A SecretString, be it empty, or the bytes of a SecretBinary. */
export function secretValue(string: unknown, binary: unknown): string | Uint8Array | undefined {
  return textOf(string) ?? base64Bytes(binary) ?? byteBuffer(binary)
}

/**
 * The secret inside a parameter's `SourceResult`. The recorded ones have lower-case names and a Java ByteBuffer
 * for the binary; AWS's documentation has the names of GetSecretValue.
 */
export function readSourceResult(sourceResult: unknown) {
  const secret = parseFields(textOf(sourceResult))
  return {
    value: secretValue(
      secret?.['secretString'] ?? secret?.['SecretString'],
      secret?.['secretBinary'] ?? secret?.['SecretBinary'],
    ),
    version: textOf(secret?.['versionId'] ?? secret?.['VersionId']),
  }
}

/** Strict: `Buffer.from` skips what is no base64, and a secret with a hole in it is none. */
function base64Bytes(binary: unknown): Uint8Array | undefined {
  const encoded = textOf(binary)
  if (encoded === undefined) return undefined
  const bytes = Buffer.from(encoded, 'base64')
  // A copy: a small Buffer is a window on a pool that holds others' bytes too.
  return bytes.toString('base64') === encoded ? new Uint8Array(bytes) : undefined
}

/** A Java ByteBuffer as JSON: its bytes, signed or not, from `offset + position` up to `offset + limit`. */
function byteBuffer(binary: unknown): Uint8Array | undefined {
  const { hb, offset, position, limit } = fieldsOf(binary)
  if (!Array.isArray(hb) || !hb.every((byte) => Number.isInteger(byte) && byte >= -128 && byte < 256))
    return undefined
  const start = whole(offset, 0)
  return Uint8Array.from(hb.slice(start + whole(position, 0), start + whole(limit, hb.length)))
}

function whole(field: unknown, otherwise: number): number {
  return Number.isInteger(field) ? (field as number) : otherwise
}
