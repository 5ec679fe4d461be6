import { viewRecord } from '@secrets-cache/core/internal'

const customInspect = Symbol.for('nodejs.util.inspect.custom')
const notLoaded = '[not loaded]'

/**
 * A view of keys that could not be loaded: reading one throws the error of the load, so that an `onError` that reads
 * `context.secrets` does not hide the cause. Keys of an earlier middleware stay as they are.
 */
export function failedView(earlier: object | undefined, keys: readonly string[], error: unknown): object {
  const getters = new Map<string, () => unknown>(
    keys.map((key) => [
      key,
      () => {
        throw error
      },
    ]),
  )
  for (const { key } of viewRecord(earlier ?? {})?.columns ?? [])
    getters.set(key, () => (earlier as Record<string, unknown>)[key])
  // On the prototype and not enumerable, as those of a view: printing, spreading and serialising read nothing.
  const prototype = Object.defineProperties(Object.create(null), {
    toJSON: { value: () => notLoaded },
    toString: { value: () => notLoaded },
    [customInspect]: { value: () => notLoaded },
    ...Object.fromEntries([...getters].map(([key, get]) => [key, { get }])),
  })
  return Object.freeze(Object.create(prototype))
}
