import { existsSync } from 'node:fs'
import { join } from 'node:path'

// The names that `secrets-cache-local run` looks for too.
const folders = ['', 'src', 'dist']
const names = ['index', 'handler', 'lambda', 'main', 'app']
const endings = ['.mjs', '.js', '.cjs', '.mts', '.ts', '.cts', '.tsx', '.jsx']

/** The handler in a function's folder, by the usual names; `undefined` where there is none. */
export function handlerIn(folder: string): string | undefined {
  return firstFile(folders.flatMap((below) => names.map((name) => join(folder, below, name))))
}

/** The file of a handler as Lambda names it: `src/index` of `src/index.handler`. */
export function fileOf(folder: string, stem: string): string | undefined {
  return firstFile([join(folder, stem)])
}

/** What `handlerIn` looks for, for people. */
export const handlerNames = `${names.join(', ')} (${endings.join(' ')}), in it, in its src or its dist`

export const isHandlerFile = (file: string): boolean => endings.some((ending) => file.endsWith(ending))

function firstFile(stems: readonly string[]): string | undefined {
  return stems.flatMap((stem) => endings.map((ending) => stem + ending)).find((file) => existsSync(file))
}
