import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** The header in which the page sends its token: no other site can set it, because no preflight is ever answered. */
export const PAGE_HEADER = 'x-secrets-cache-page'

/** A token of 128 bits for the page's address. */
export const createPageToken = (): string => randomBytes(16).toString('base64url')

export const isSame = (one: string, other: string): boolean => timingSafeEqual(hash(one), hash(other))

const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
