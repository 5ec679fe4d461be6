import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { isCommonJs, isWithoutPackage, requireAsLambda } from './as-lambda.ts'

/** Imports a module of either kind, as Lambda would where the root of its code is known; gives what it exports. */
export async function importHandler(
  file: string,
  codeRoot: string | undefined,
): Promise<Readonly<Record<string, unknown>>> {
  if (codeRoot !== undefined && isWithoutPackage(file, codeRoot) && isCommonJs(readFileSync(file, 'utf8'))) {
    requireAsLambda(codeRoot)
    return createRequire(file)(file) as Record<string, unknown>
  }
  const loaded = (await import(pathToFileURL(file).href)) as Record<string, unknown>
  const common = loaded['default']
  return typeof common === 'object' && common !== null ? { ...common, ...loaded } : loaded
}
