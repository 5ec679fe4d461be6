import { loadModule } from '../../modules/load-module.ts'
import type { Task } from '../../modules/module-kind.ts'

/** Imports a module of either kind; gives what it exports. */
export async function importHandler(
  file: string,
  task: Task | undefined,
): Promise<Readonly<Record<string, unknown>>> {
  const loaded = await loadModule(file, task)
  const common = loaded['default']
  return typeof common === 'object' && common !== null ? { ...common, ...loaded } : loaded
}
