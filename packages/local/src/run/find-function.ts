import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { LocalError } from '../local-error.ts'

/** A function as it lies in its folder. */
export interface FoundFunction {
  readonly folder: string
  readonly file: string
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
  const file = isFolder ? fileIn(place, folder, stem) : path
  return {
    folder,
    file,
    exportName,
    handler: `${relative(folder, file).replace(/\.[^.]+$/, '')}.${exportName}`,
    name: basename(folder).replaceAll(/[^\w-]/g, '-') || 'function',
  }
}

const fileIn = (place: string, folder: string, stem: string | undefined): string => {
  const stems =
    stem === undefined ? FOLDERS.flatMap((below) => NAMES.map((name) => join(below, name))) : [stem]
  const found = stems
    .flatMap((name) => ENDINGS.map((ending) => join(folder, name + ending)))
    .find((file) => existsSync(file))
  if (found !== undefined) return found
  const endings = ENDINGS.join(' ')
  return refuse(
    stem === undefined
      ? `${place}: there is no ${NAMES.join(', ')} (${endings}) in it, nor in its src or dist; say --handler file.export`
      : `${place}: there is no ${stem} (${endings}) in it`,
  )
}

/** The first of these files that a folder has. */
export const firstIn = (folder: string, names: readonly string[]): string | undefined =>
  names.map((name) => join(folder, name)).find((file) => existsSync(file))

const refuse = (why: string): never => {
  throw new LocalError('INVALID_OPTION', `secrets-cache-local run: ${why}`)
}
