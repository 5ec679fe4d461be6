import { globSync } from 'node:fs'
import { readManifest, root } from './pages.ts'

/** An entry of a published package: what people import, and where its source is. */
export interface Entry {
  /** `@secrets-cache/core/testing`. */
  readonly id: string
  /** The name of its page in the reference: `core-testing`. */
  readonly page: string
  readonly source: string
}

/** Every public entry; what is under `/internal` may change with each version. */
export const publicEntries: readonly Entry[] = globSync('packages/*/package.json', { cwd: root })
  .sort()
  .flatMap((file) => {
    const folder = file.replaceAll('\\', '/').replace('/package.json', '')
    const { name, private: isPrivate, exports } = readManifest(file)
    if (isPrivate) return []
    return Object.entries(exports)
      .filter(([path]) => !path.startsWith('./internal'))
      .map(([path, conditions]) => ({
        id: name + path.slice(1),
        page: (name + path.slice(1)).replace('@secrets-cache/', '').replaceAll('/', '-'),
        source: `${root}${folder}/${conditions['@secrets-cache/source']?.slice(2)}`,
      }))
  })
