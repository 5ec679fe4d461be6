import { readFileSync } from 'node:fs'
import Module, { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isCommonJsInTask, isModuleInTask, isModuleInTypeScript, type Task } from './module-kind.ts'
import { isMissingRuntimeSdk, missingSdk, resolveFrom } from './runtime-sdk.ts'

const TYPESCRIPT = /\.[mc]?ts$/

export interface ModuleHooks {
  /** Undefined where nobody says what is deployed: then Node decides what kind a module is. */
  readonly task: Task | undefined
  /** From where the AWS SDK is looked for when the function has none of its own. */
  readonly sdkPlaces: readonly URL[]
  /** Called with each of the function's own files that is loaded. */
  readonly onFile?: (file: string) => void
}

/**
 * Makes Node find and take modules as Lambda does, and TypeScript as a bundler does (Node strips its types by itself):
 * - `./total` and `./total.js` are total.ts, too;
 * - no package.json above the function's folder says what kind its modules are;
 * - the AWS SDK is there, as Lambda's runtime brings it: that of the project, or one that is found from this package.
 */
export const hookModules = ({ task, sdkPlaces, onFile }: ModuleHooks): void => {
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
      onFile?.(file)
      const format = task && formatIn(task, file)
      return next(url, format === undefined ? context : { ...context, format })
    },
  })
  if (task) hookCommonJs(task)
}

const formatIn = (task: Task, file: string): string | undefined => {
  if (isCommonJsInTask(file, task)) return 'commonjs'
  if (isModuleInTask(file, task)) return 'module'
  return isModuleInTypeScript(file, task) ? 'module-typescript' : undefined
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
