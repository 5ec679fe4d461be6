// Writes which of Node's modules were loaded: after the import, after a source was made, after a fetch.
import { direct } from '@secrets-cache/direct'

const loaded = () =>
  ['crypto', 'https', 'http'].filter((name) =>
    (process as unknown as { moduleLoadList: string[] }).moduleLoadList.includes(`NativeModule ${name}`),
  )
const imported = loaded()
const source = direct()
const made = loaded()
const context = { signal: AbortSignal.timeout(20_000), fresh: false, onRetry: () => {}, emit: () => {} }
await (await source.fetch([{ kind: 'secret', id: 'a' }], context))[0]
console.log(JSON.stringify([imported, made, loaded()]))
