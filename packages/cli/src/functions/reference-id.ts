import type { DeclaredDescription } from '@secrets-cache/core'

type Selected = Pick<DeclaredDescription, 'kind' | 'id'> &
  Partial<Pick<DeclaredDescription, 'stage' | 'versionId' | 'version' | 'label' | 'decrypt' | 'recursive'>>

/** The same text for everything that is fetched in the same way. */
export function referenceId(reference: Selected): string {
  const { kind, id, stage, versionId, version, label, decrypt, recursive } = reference
  return JSON.stringify([kind, id, stage, versionId, version, label, decrypt, recursive])
}
