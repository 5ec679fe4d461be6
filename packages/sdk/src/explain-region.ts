import type { Reference, SecretsCacheError } from '@secrets-cache/core'
import { explain, regionOf } from '@secrets-cache/core/internal'
import type { SdkClient } from './clients/services.ts'

/** The Region that an ARN names, and the other one in which a client that was passed in asked for it. */
export interface Regions {
  readonly named: string
  readonly asked: string
}

/** Gives both Regions, once the client has found its own, where they differ. */
export function watchRegion({ id }: Reference, client: SdkClient | undefined): () => Regions | undefined {
  const named = regionOf(id)
  let asked: unknown
  if (named !== undefined && client) {
    const { region } = Object(client.config) as { region?: unknown }
    // A client of the SDK has a function, which may have to read a profile; it has when an answer has come.
    void (async () => {
      asked = typeof region === 'function' ? await region() : region
    })().catch(() => {})
  }
  return () =>
    named !== undefined && typeof asked === 'string' && asked !== named ? { named, asked } : undefined
}

/** Says of an error that the client asked in another Region than the ARN names, where that may be its cause. */
export function explainRegion(error: SecretsCacheError, regions: Regions | undefined): SecretsCacheError {
  if (!regions || !/^(NOT_FOUND|ACCESS_DENIED|INVALID_REQUEST|REFUSED)$/.test(error.code)) return error
  const { named, asked } = regions
  return explain(
    error,
    `its ARN is of ${named}, and the client that was passed in asks in ${asked}`,
    `Pass in a client for ${named}, or none: sdk() then asks for each ARN in its own Region.`,
  )
}
