import type { Reference } from '../declare/reference.ts'
import type { FetchContext, Outcome, Source } from '../source/source.ts'

/**
 * A context as the engine gives it, with what a test wants otherwise.
 * @example source.fetch([{ kind: 'secret', id: 'prod/key' }], fetchContext({ fresh: true }))
 */
export function fetchContext(overrides: Partial<FetchContext> = {}): FetchContext {
  const { signal } = new AbortController()
  return { signal, fresh: false, onRetry: () => {}, emit: () => {}, ...overrides }
}

/**
 * Asks a source as the engine does, and waits for every outcome.
 * @example const [outcome] = await fetchWith(source, [{ kind: 'secret', id: 'prod/key' }])
 */
export async function fetchWith(
  source: Source,
  references: readonly Reference[],
  overrides?: Partial<FetchContext>,
): Promise<readonly Outcome[]> {
  return Promise.all(await source.fetch(references, fetchContext(overrides)))
}
