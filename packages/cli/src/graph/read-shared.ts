import { existsSync, statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { findFunctions } from '../functions/find-functions.ts'
import { readFunction } from '../import/read-function.ts'
import { UsageError } from '../usage-error.ts'
import type { SharedKey } from './graph.ts'

/** The declarations that modules export, such as those of `defineSecrets`; `undefined` where none is named. */
export async function readShared(
  modules: readonly string[],
  environment: Readonly<Record<string, string>>,
  timeoutMilliseconds: number,
): Promise<readonly SharedKey[] | undefined> {
  if (modules.length === 0) return undefined
  const places = findFunctions(modules.map(moduleAt), environment)
  const keys = places.map(async (place): Promise<readonly SharedKey[]> => {
    const { failure, declarations } = await readFunction(place, { timeoutMilliseconds })
    const file = relative(process.cwd(), place.file)
    if (failure) throw new UsageError(`--shared ${file}: ${failure.cause}`)
    if (declarations.length === 0)
      throw new UsageError(`--shared ${file}: it exports no declarations (defineSecrets, defineParameters).`)
    return declarations.map(({ name, key, id }) => ({ file, export: name, key, id }))
  })
  return (await Promise.all(keys)).flat()
}

function moduleAt(module: string): string {
  const path = resolve(module)
  if (!existsSync(path)) throw new UsageError(`--shared ${module}: there is no such file or folder.`)
  return statSync(path).isDirectory() ? module : path
}
