import { ConfigurationError } from '@secrets-cache/core'
import { type DeclaredKey, handleIn, isSameDeclaration, mergeViews } from '@secrets-cache/core/internal'

/** The views of one read, or of one request. */
export interface Views {
  readonly secrets?: object | undefined
  readonly parameters?: object | undefined
}

export const viewNames = ['secrets', 'parameters'] as const

const memo = new WeakMap<object, WeakMap<object, object>>()

/** What earlier views and later ones show together; `keys` are those of the later ones. */
export function mergeAll(earlier: Views, later: Views, keys: readonly DeclaredKey[]): Views {
  const merged = { ...earlier, ...later }
  for (const name of viewNames) {
    const [first, second] = [earlier[name], later[name]]
    if (first && second) merged[name] = mergePair(first, second, keys)
  }
  return merged
}

/** One merged view per pair: while nothing changes, the same pair comes with each invocation. */
function mergePair(first: object, second: object, keys: readonly DeclaredKey[]): object {
  const bySecond = memo.get(first) ?? new WeakMap<object, object>()
  memo.set(first, bySecond)
  const known = bySecond.get(second)
  if (known) return known
  refuseDifferent({ secrets: first, parameters: first }, keys)
  const merged = mergeViews(first, second)
  bySecond.set(second, merged)
  return merged
}

/** One key cannot mean two things. */
export function refuseDifferent(earlier: Views, keys: readonly DeclaredKey[]): void {
  for (const declared of keys) {
    const other = handleIn(earlier[declared.view] ?? {}, declared.key)
    if (!other || isSameDeclaration(other.key, declared)) continue
    throw new ConfigurationError({
      key: declared.subject.key,
      reason: 'two middlewares of one handler declare it differently',
      remedy: 'Give one of them another key.',
    })
  }
}
