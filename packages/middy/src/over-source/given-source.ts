import type { Source } from '@secrets-cache/core'

/** Options that name their source: there is no default one. */
export interface GivenSource {
  /** Where values come from: `direct()`, `sdk()`, `extension()`, `firstOf(...)`, or your own. */
  readonly source: Source
}
