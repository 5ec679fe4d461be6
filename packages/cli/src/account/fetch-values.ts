import type { Outcome, Reference } from '@secrets-cache/core'
import { sdk } from '@secrets-cache/sdk'
import { referenceId } from '../functions/reference-id.ts'
import type { DeclaredKeyReport } from '../import/report.ts'
import type { Credentials } from './assume-role.ts'
import { clientsWith } from './clients.ts'

/** How long all of it may take. */
const limit = 60_000

export interface FetchOptions {
  readonly region: string | undefined
  readonly credentials: Credentials | undefined
}

/** What AWS answers for everything that is declared, each thing asked for once. By `referenceId`. */
export async function fetchValues(
  keys: readonly DeclaredKeyReport[],
  { region, credentials }: FetchOptions,
): Promise<ReadonlyMap<string, Outcome>> {
  const references = new Map(keys.map((key) => [referenceId(key), referenceOf(key)]))
  const own = credentials === undefined ? {} : await clientsWith(credentials, region)
  const source = sdk({ ...own, ...(region !== undefined && { region }) })
  const outcomes = await source.fetch([...references.values()], {
    signal: AbortSignal.timeout(limit),
    fresh: false,
    onRetry: () => {},
    emit: () => {},
  })
  const settled = await Promise.all(outcomes)
  return new Map([...references.keys()].map((id, index) => [id, settled[index] as Outcome]))
}

function referenceOf({
  kind,
  id,
  stage,
  versionId,
  version,
  label,
  decrypt,
  recursive,
}: DeclaredKeyReport): Reference {
  const selected = { stage, versionId, version, label, decrypt, recursive }
  const given = Object.entries(selected).filter(([, value]) => value !== undefined)
  return { kind, id, ...Object.fromEntries(given) } as Reference
}
