import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { OLD_NAME } from './help.ts'

/** `run` of @secrets-cache/cli. */
type Run = (given: readonly string[], name: string) => Promise<number>

const MISSING = `${OLD_NAME}: run is a command of @secrets-cache/cli, which is not installed here. The same line works after
npm install --save-dev @secrets-cache/cli`

/** Hands `run` over to the command line that has it: the project's, else one that is installed beside this package. */
export const handOver = async (given: readonly string[]): Promise<number> => {
  for (const place of [pathToFileURL(join(process.cwd(), 'package.json')), import.meta.url]) {
    const file = find(place)
    if (file === undefined) continue
    const { run } = (await import(pathToFileURL(file).href)) as { readonly run: Run }
    return run(given, `${OLD_NAME} run`)
  }
  console.error(MISSING)
  return 2
}

const find = (place: string | URL): string | undefined => {
  try {
    return createRequire(place).resolve('@secrets-cache/cli/internal/run')
  } catch {
    return undefined
  }
}
