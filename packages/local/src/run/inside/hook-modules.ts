import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { tell } from './tell.ts'

const TYPESCRIPT = /\.[mc]?ts$/

/**
 * Node strips types by itself. This finds what TypeScript's and bundlers' resolution would: `./total` and `./total.js`
 * for total.ts. And it tells which files of the function were loaded, for those who watch them.
 */
export const hookModules = (): void => {
  registerHooks({
    resolve: (specifier, context, next) => {
      try {
        return next(specifier, context)
      } catch (error) {
        const isRelative = /^\.{1,2}\//.test(specifier)
        if (!isRelative || !TYPESCRIPT.test(context.parentURL ?? '')) throw error
        for (const candidate of candidatesFor(specifier)) {
          try {
            return next(candidate, context)
          } catch {}
        }
        throw error
      }
    },
    load: (url, context, next) => {
      if (url.startsWith('file:') && !url.includes('/node_modules/'))
        tell({ kind: 'file', file: fileURLToPath(url) })
      return next(url, context)
    },
  })
}

const candidatesFor = (specifier: string): readonly string[] => {
  const [, path, ending] = /^(.*)\.([mc]?)js$/.exec(specifier) ?? []
  return path === undefined
    ? [`${specifier}.ts`, `${specifier}.mts`, `${specifier}/index.ts`]
    : [`${path}.${ending}ts`]
}
