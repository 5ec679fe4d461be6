import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { LocalError } from '../local-error.ts'
import { exportsName } from './exports-name.ts'

/** A function and where its files are. */
export interface FoundFunction {
  readonly folder: string
  readonly file: string
  /** The file was named instead of its folder, which may then be only a part of what is deployed. */
  readonly isFile: boolean
  readonly exportName: string
  /** As Lambda says it: `src/index.handler`. */
  readonly handler: string
  /** The function's name: that of its folder. */
  readonly name: string
}

const FOLDERS = ['', 'src', 'dist']
const NAMES = ['index', 'handler', 'lambda', 'main', 'app']
const ENDINGS = ['.mjs', '.js', '.cjs', '.mts', '.ts', '.cts']

/** Finds a handler: by its file, by `--handler file.export` as Lambda has it, or by the usual names. */
export const findFunction = (place: string, handler: string | undefined): FoundFunction => {
  const path = resolve(place)
  if (!existsSync(path)) return refuse(`${place}: there is no such file or folder`)
  const isFolder = statSync(path).isDirectory()
  const folder = isFolder ? path : dirname(path)
  const [, stem, exportName = 'handler'] = /^(.*)\.([^./]+)$/.exec(handler ?? '') ?? []
  if (handler !== undefined && stem === undefined)
    return refuse(`--handler is "${handler}"; it is a file and its export, such as src/index.handler`)
  const file = isFolder ? fileIn(place, folder, stem, exportName) : path
  return {
    folder,
    file,
    isFile: !isFolder,
    exportName,
    handler: `${relative(folder, file).replace(/\.[^.]+$/, '')}.${exportName}`,
    name: basename(folder).replaceAll(/[^\w-]/g, '-') || 'function',
  }
}

const fileIn = (place: string, folder: string, stem: string | undefined, exportName: string): string => {
  const stems =
    stem === undefined ? FOLDERS.flatMap((below) => NAMES.map((name) => join(below, name))) : [stem]
  const there = stems
    .flatMap((name) => ENDINGS.map((ending) => join(folder, name + ending)))
    .filter((file) => existsSync(file))
  const said = (wanted: 'yes' | 'maybe') =>
    there.find((file) => exportsName(readFileSync(file, 'utf8'), exportName) === wanted)
  // Other files have these names too, so the first one that exports a handler is chosen.
  const found = there.length > 1 ? (said('yes') ?? said('maybe') ?? there[0]) : there[0]
  if (found !== undefined) return found
  const endings = ENDINGS.join(' ')
  return refuse(
    stem === undefined
      ? `${place}: there is no ${NAMES.join(', ')} (${endings}) in it, nor in its src or dist; say --handler file.export`
      : `${place}: there is no ${stem} (${endings}) in it`,
  )
}

const refuse = (why: string): never => {
  throw new LocalError('INVALID_OPTION', `secrets-cache-local run: ${why}`)
}
