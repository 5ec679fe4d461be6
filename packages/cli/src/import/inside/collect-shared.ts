import { pathToFileURL } from 'node:url'
import type { SharedModule } from '../report.ts'
import { collectDeclarations } from './collect-declarations.ts'

/** What the other modules export that the handler has loaded, of its repository: they are not loaded once more. */
export async function collectShared(
  files: Iterable<string>,
  handler: string,
): Promise<readonly SharedModule[]> {
  const modules: SharedModule[] = []
  for (const file of files) {
    if (file === handler) continue
    const loaded = (await import(pathToFileURL(file).href).catch(() => ({}))) as Record<string, unknown>
    const declarations = collectDeclarations(loaded)
    if (declarations.length > 0) modules.push({ file, declarations })
  }
  return modules
}
