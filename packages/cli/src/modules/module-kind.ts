import { existsSync, readFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { compileFunction } from 'node:vm'

/** The folder that stands for /var/task. */
export interface Task {
  readonly folder: string
  /** The file was named instead of its folder, so it is unknown what else is deployed with it. */
  readonly isFile: boolean
}

/** A package in node_modules declares its own kind. */
const isOwn = (file: string, { folder }: Task): boolean => {
  const path = relative(folder, file)
  return !path.startsWith('..') && !path.split(sep).includes('node_modules')
}

/**
 * Whether Lambda takes a .js file for CommonJS although Node would take it for an ES module: Node looks for a
 * package.json in all folders above, and above /var/task there is none. Of a file that was named alone, its syntax
 * decides.
 */
export const isCommonJsInTask = (file: string, task: Task): boolean =>
  isWithoutPackage(file, task) && !(task.isFile && hasModuleSyntax(readFileSync(file, 'utf8')))

/** The same of a file that was named alone and is written as an ES module. */
export const isModuleInTask = (file: string, task: Task): boolean =>
  task.isFile && isWithoutPackage(file, task) && hasModuleSyntax(readFileSync(file, 'utf8'))

/** Whether no package.json of what is deployed says what kind a `.js` file is. */
const isWithoutPackage = (file: string, task: Task): boolean => {
  if (!file.endsWith('.js') || !isOwn(file, task)) return false
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return false
    if (folder === task.folder) return true
  }
}

/** Whether Lambda's runtime would `require` a file instead of importing it. */
export const isCommonJs = (file: string, task: Task): boolean =>
  file.endsWith('.cjs') ||
  (file.endsWith('.js') && (isCommonJsInTask(file, task) || !isInModulePackage(file)))

const isInModulePackage = (file: string): boolean => {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const json = join(folder, 'package.json')
    if (existsSync(json))
      return JSON.parse(readFileSync(json, 'utf8').replace(/^\uFEFF/, '')).type === 'module'
    if (folder === dirname(folder)) return false
  }
}

/**
 * Whether a .ts file is written as an ES module. What compiles or bundles it for Lambda looks at that, and not at the
 * "type" of a package.json.
 */
export const isModuleInTypeScript = (file: string, task: Task): boolean =>
  file.endsWith('.ts') && isOwn(file, task) && hasModuleSyntax(withoutTypes(readFileSync(file, 'utf8')))

/** Node compiles a CommonJS file as the body of a function, where V8 refuses import and export statements. */
const hasModuleSyntax = (source: string): boolean => {
  try {
    compileFunction(source.replace(/^#!.*/, ''), ['exports', 'require', 'module', '__filename', '__dirname'])
    return false
  } catch (error) {
    return /import statement|token 'export'|import\.meta/.test((error as Error).message)
  }
}

const withoutTypes = (source: string): string => {
  try {
    return nodeModule.stripTypeScriptTypes(source, { mode: 'transform' })
  } catch {
    return ''
  }
}
