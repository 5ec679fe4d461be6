import { existsSync, statSync } from 'node:fs'
import { basename, dirname, relative, resolve } from 'node:path'
import { refuse } from '@secrets-cache/local/internal'
import { fileOf, handlerIn, handlerNames, nodeEndings } from '../functions/find-handler.ts'

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
  const search = { exportName, endings: nodeEndings }
  const found = stem === undefined ? handlerIn(folder, search) : fileOf(folder, stem, search)
  if (found !== undefined) return found
  const endings = nodeEndings.join(' ')
  return refuse(
    stem === undefined
      ? `${place}: there is no ${handlerNames.join(', ')} (${endings}) in it, nor in its src or dist; say --handler file.export`
      : `${place}: there is no ${stem} (${endings}) in it`,
  )
}
