import { existsSync, globSync, statSync } from 'node:fs'
import { extname, relative, resolve } from 'node:path'
import { UsageError } from '../usage-error.ts'

/** What can be migrated. */
const extensions = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx']
const ignored = /(^|[\\/])(node_modules|\.git|dist|coverage)([\\/]|$)|\.d\.[cm]?ts$/
const isPattern = (place: string) => /[*?{}[\]!]/.test(place)

/** The files at the places named: files, folders with all below them, or patterns. Their paths are relative to `cwd`. */
export function findFiles(places: readonly string[], cwd = process.cwd()): readonly string[] {
  const files = places
    .flatMap((place) => filesAt(place, cwd))
    .map((file) => relative(cwd, resolve(cwd, file)))
  return [...new Set(files)].sort()
}

function filesAt(place: string, cwd: string): readonly string[] {
  // A file may have brackets in its name, as routes of some frameworks do.
  if (existsSync(resolve(cwd, place))) {
    const isFolder = statSync(resolve(cwd, place)).isDirectory()
    if (isFolder) return found(`${place}/**/*`, place, cwd)
    if (extensions.includes(extname(place))) return [place]
    throw new UsageError(`${place}: it is none of ${extensions.join(', ')}.`)
  }
  if (!isPattern(place)) throw new UsageError(`${place}: there is no such file or folder.`)
  return found(place, place, cwd)
}

function found(pattern: string, place: string, cwd: string): readonly string[] {
  const files = globSync(pattern, { cwd, exclude: (name) => name === 'node_modules' || name === '.git' })
    .filter((file) => !ignored.test(file) && extensions.includes(extname(file)))
    .filter((file) => statSync(resolve(cwd, file), { throwIfNoEntry: false })?.isFile() === true)
  if (files.length === 0) throw new UsageError(`${place}: no file of ${extensions.join(', ')} is there.`)
  return files
}
