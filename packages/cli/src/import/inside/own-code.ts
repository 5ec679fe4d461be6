import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** This library's own files, where they are not in node_modules: in its repository. */
const entry = fileURLToPath(import.meta.resolve('@secrets-cache/core'))
const repository = entry.includes('node_modules') ? undefined : join(dirname(entry), '../..')
const hereIn = dirname(fileURLToPath(import.meta.url))

/** Whether a line of a trace is in the function's own files: not Node's, not a package's, not ours. */
export function isFunctionsOwn(line: string): boolean {
  if (!/[/\\]/.test(line) || /node:|[/\\]node_modules[/\\]/.test(line)) return false
  return !line.includes(hereIn) && (repository === undefined || !isInPackage(line, repository))
}

function isInPackage(line: string, folder: string): boolean {
  const at = line.indexOf(folder)
  return at >= 0 && /^[/\\][^/\\]+[/\\](src|dist)[/\\]/.test(line.slice(at + folder.length))
}
