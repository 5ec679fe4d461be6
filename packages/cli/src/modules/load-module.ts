import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { isCommonJs, type Task } from './module-kind.ts'

/** Loads a module as Lambda's runtime does, by `require` or `import`; by `import` where nobody says what is deployed. */
export const loadModule = async (
  file: string,
  task: Task | undefined,
): Promise<Readonly<Record<string, unknown>>> => {
  const url = pathToFileURL(file).href
  return task && isCommonJs(file, task) ? Object(createRequire(url)(file)) : import(url)
}
