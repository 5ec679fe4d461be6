/** Bytes in JSON, for control requests and values files: `{ "$binary": "<base64>" }`. */
export const encodeBytes = (value: unknown): unknown =>
  value instanceof Uint8Array ? { $binary: Buffer.from(value).toString('base64') } : value

export const decodeBytes = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('$binary' in value)) return value
  const { $binary, ...others } = value
  const isBytes = typeof $binary === 'string' && Object.keys(others).length === 0
  return isBytes ? Uint8Array.from(Buffer.from($binary, 'base64')) : value
}
