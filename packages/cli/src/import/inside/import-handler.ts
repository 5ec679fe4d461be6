import { pathToFileURL } from 'node:url'

/** Imports a module of either kind; gives what it exports. */
export async function importHandler(file: string): Promise<Readonly<Record<string, unknown>>> {
  const loaded = (await import(pathToFileURL(file).href)) as Record<string, unknown>
  const common = loaded['default']
  return typeof common === 'object' && common !== null ? { ...common, ...loaded } : loaded
}
