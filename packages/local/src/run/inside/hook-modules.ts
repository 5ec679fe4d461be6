import { readFileSync } from 'node:fs'
import Module, { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isCommonJsInTask, isModuleInTypeScript, type Task } from './module-kind.ts'
import { isMissingRuntimeSdk, missingSdk, resolveFrom } from './runtime-sdk.ts'
import { tell } from './tell.ts'

const TYPESCRIPT = /\.[mc]?ts$/

/**
 * Makes Node find and take modules as Lambda does, and TypeScript as a bundler does (Node strips its types by itself):
 * - `./total` and `./total.js` are total.ts, too;
 * - no package.json above the function's folder says what kind its modules are;
 * - the AWS SDK is there, as Lambda's runtime brings it: that of the project, or one that is found from this package.
 * It also reports which files of the function were loaded, so that --watch can follow them.
 */
export const hookModules = (task: Task, sdkPlaces: readonly URL[]): void => {
  registerHooks({
    resolve: (specifier, context, next) => {
      try {
        return next(specifier, context)
      } catch (error) {
        if (isMissingRuntimeSdk(specifier, error)) {
          const found = resolveFrom(sdkPlaces, specifier, context, next)
          if (found) return found
          throw missingSdk(specifier, error)
        }
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
      if (!url.startsWith('file:') || url.includes('/node_modules/')) return next(url, context)
      const file = fileURLToPath(url)
      tell({ kind: 'file', file })
      if (isCommonJsInTask(file, task)) return next(url, { ...context, format: 'commonjs' })
      if (isModuleInTypeScript(file, task)) return next(url, { ...context, format: 'module-typescript' })
      return next(url, context)
    },
  })
  hookCommonJs(task)
}

/** Node's loader of CommonJS files asks package.json once more, whatever the hook above has said. */
const hookCommonJs = (task: Task): void => {
  const { _extensions: extensions } = Module as unknown as {
    readonly _extensions: Record<string, (module: Compiled, file: string) => void>
  }
  const usual = extensions['.js']
  extensions['.js'] = (module, file) => {
    if (isCommonJsInTask(file, task)) module._compile(readFileSync(file, 'utf8'), file, 'commonjs')
    else usual?.(module, file)
  }
}

interface Compiled {
  readonly _compile: (source: string, file: string, format: string) => void
}

const candidatesFor = (specifier: string): readonly string[] => {
  const [, path, ending] = /^(.*)\.([mc]?)js$/.exec(specifier) ?? []
  return path === undefined
    ? [`${specifier}.ts`, `${specifier}.mts`, `${specifier}/index.ts`]
    : [`${path}.${ending}ts`]
}
