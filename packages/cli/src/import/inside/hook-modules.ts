import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isCommonJs, isWithoutPackage } from './as-lambda.ts'

const typescript = /\.[mc]?ts$/

/**
 * Node strips types by itself. These hooks find what TypeScript's and bundlers' resolution would: `./total` and
 * `./total.js` for total.ts; and read a file as Lambda does, which has no package.json above the code.
 */
export function hookModules(codeRoot: string | undefined): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      try {
        return next(specifier, context)
      } catch (error) {
        const isRelative = /^\.{1,2}\//.test(specifier)
        if (!isRelative || !typescript.test(context.parentURL ?? '')) throw error
        for (const candidate of candidatesFor(specifier)) {
          try {
            return next(candidate, context)
          } catch {}
        }
        throw error
      }
    },
    load: (url, context, next) =>
      next(url, isModule(url, codeRoot) ? { ...context, format: 'module' } : context),
  })
}

/** Whether Lambda would read it as a module, whatever a package.json above the code says here. */
function isModule(url: string, codeRoot: string | undefined): boolean {
  if (codeRoot === undefined || !url.startsWith('file:')) return false
  const file = fileURLToPath(url)
  return isWithoutPackage(file, codeRoot) && !isCommonJs(readFileSync(file, 'utf8'))
}

function candidatesFor(specifier: string): readonly string[] {
  const [, path, ending] = /^(.*)\.([mc]?)js$/.exec(specifier) ?? []
  return path === undefined
    ? [`${specifier}.ts`, `${specifier}.mts`, `${specifier}/index.ts`]
    : [`${path}.${ending}ts`]
}
