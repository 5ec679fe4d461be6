import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileFunction } from 'node:vm'

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
    load: (url, context, next) => {
      if (codeRoot === undefined || !isWithoutPackage(url, codeRoot)) return next(url, context)
      const { source } = next(url, { ...context, format: 'module' })
      const format = isCommonJs(String(source)) ? 'commonjs' : 'module'
      return { format, source: source ?? '', shortCircuit: true }
    },
  })
}

function candidatesFor(specifier: string): readonly string[] {
  const [, path, ending] = /^(.*)\.([mc]?)js$/.exec(specifier) ?? []
  return path === undefined
    ? [`${specifier}.ts`, `${specifier}.mts`, `${specifier}/index.ts`]
    : [`${path}.${ending}ts`]
}

/** Whether it is a `.js` file below the root of the code, with no package.json on the way. */
function isWithoutPackage(url: string, codeRoot: string): boolean {
  if (!url.startsWith('file:') || !url.endsWith('.js')) return false
  const file = fileURLToPath(url)
  if (!file.startsWith(codeRoot) || file.includes('/node_modules/')) return false
  for (let folder = dirname(file); folder.startsWith(codeRoot); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return false
  }
  return true
}

/** As Node decides where no package.json says it: what does not compile as CommonJS is a module. */
function isCommonJs(source: string): boolean {
  try {
    compileFunction(source, ['exports', 'require', 'module', '__filename', '__dirname'])
    return true
  } catch {
    return false
  }
}
