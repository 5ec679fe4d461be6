import { existsSync, readFileSync } from 'node:fs'
import Module from 'node:module'
import { dirname, join } from 'node:path'
import { compileFunction } from 'node:vm'

// Lambda has no package.json above the code that a function is deployed with. A repository has: its "type" would
// decide here how a bundle is read.

/** Whether it is a `.js` file below the root of the code, with no package.json on the way. */
export function isWithoutPackage(file: string, codeRoot: string): boolean {
  if (!file.endsWith('.js') || !file.startsWith(codeRoot) || file.includes('/node_modules/')) return false
  for (let folder = dirname(file); folder.startsWith(codeRoot); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return false
  }
  return true
}

/** As Node decides where no package.json says it: what does not compile as CommonJS is a module. */
export function isCommonJs(source: string): boolean {
  try {
    compileFunction(source, ['exports', 'require', 'module', '__filename', '__dirname'])
    return true
  } catch {
    return false
  }
}

type Loader = (module: Compiling, file: string) => void
interface Compiling {
  _compile(source: string, file: string, format: 'commonjs'): void
}

/** Reads such files as CommonJS wherever they are required. */
export function requireAsLambda(codeRoot: string): void {
  const { _extensions: loaders } = Module as unknown as { readonly _extensions: Record<string, Loader> }
  const usual = loaders['.js'] as Loader
  loaders['.js'] = (module, file) => {
    if (isWithoutPackage(file, codeRoot)) module._compile(readFileSync(file, 'utf8'), file, 'commonjs')
    else usual(module, file)
  }
}
