import { bytesOfBase64, fieldsOf, parseFields, textOf } from '@secrets-cache/core/internal'

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

function base64Bytes(binary: unknown): Uint8Array | undefined {
  const encoded = textOf(binary)
  return encoded === undefined ? undefined : bytesOfBase64(encoded)
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
