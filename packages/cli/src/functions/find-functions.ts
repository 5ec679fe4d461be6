// A Node that is too old has no globSync: core says so, if the import of this name does not fail first.
import fs, { existsSync, statSync } from 'node:fs'
import { basename, dirname, relative, resolve, sep } from 'node:path'
import { UsageError } from '../usage-error.ts'
import { fileOf, handlerEndings, handlerIn, handlerNames, isHandlerFile } from './find-handler.ts'
import type { FunctionPlace } from './function-place.ts'

/** Where functions are looked for when none is named. */
export const usualPlaces = [
  'functions/*',
  'src/functions/*',
  'packages/functions/*',
  'services/*',
  'lambdas/*',
]

const ignored =
  /(^|[\\/])(node_modules|\.git|dist|coverage|__tests__)([\\/]|$)|\.(test|spec|d)\.[cm]?[jt]sx?$/
const isPattern = (place: string) => /[*?{}[\]!]/.test(place)

/** The functions at the places named: files, folders, or patterns of both. */
export function findFunctions(
  places: readonly string[],
  environment: Readonly<Record<string, string>>,
  cwd = process.cwd(),
): readonly FunctionPlace[] {
  const files = places.length === 0 ? usual(cwd) : places.flatMap((place) => filesAt(place, cwd))
  return withNames([...new Set(files)]).map(({ name, file }) => ({
    name,
    file,
    folder: folderOf(file),
    codeRoot: undefined,
    exportName: undefined,
    environment,
    inheritsVariables: true,
    template: undefined,
  }))
}

function usual(cwd: string): readonly string[] {
  const found = usualPlaces.flatMap((place) => filesOf(place, cwd))
  const own = handlerIn(cwd)
  if (found.length > 0) return found
  if (own !== undefined) return [own]
  throw new UsageError(
    `no function in ${usualPlaces.join(', ')} or in this folder. Name files, folders or patterns, or give --template.`,
  )
}

function filesAt(place: string, cwd: string): readonly string[] {
  if (isPattern(place)) {
    const files = filesOf(place, cwd)
    if (files.length === 0) throw new UsageError(`${place}: no function matches this pattern.`)
    return files
  }
  const path = resolve(cwd, place)
  if (!existsSync(path)) throw new UsageError(`${place}: there is no such file or folder.`)
  if (!statSync(path).isDirectory()) return [path]
  const file = handlerIn(path)
  if (file === undefined) {
    const names = `${handlerNames.join(', ')} (${handlerEndings.join(' ')})`
    throw new UsageError(`${place}: no handler. Looked for ${names}, in it, in its src or its dist.`)
  }
  return [file]
}

/** What matches a pattern and is a handler, or a folder with one. */
function filesOf(pattern: string, cwd: string): readonly string[] {
  return fs
    .globSync(pattern, { cwd })
    .filter((path) => !ignored.test(path))
    .sort()
    .flatMap((path) => {
      const whole = resolve(cwd, path)
      if (statSync(whole).isDirectory()) return handlerIn(whole) ?? []
      return isHandlerFile(whole) ? whole : []
    })
}

/** The function's folder: above `src` and `dist`, where `run` would start it. */
function folderOf(file: string): string {
  const folder = dirname(file)
  return ['src', 'dist'].includes(basename(folder)) ? dirname(folder) : folder
}

/** A function is called like its folder, or like its file where several are in one folder; longer where two agree. */
function withNames(files: readonly string[]) {
  const isAlone = (file: string) => files.filter((other) => folderOf(other) === folderOf(file)).length === 1
  const short = files.map((file) =>
    isAlone(file) ? basename(folderOf(file)) : basename(file).replace(/\.[^.]+$/, ''),
  )
  return files.map((file, index) => {
    const name = short[index] as string
    if (short.filter((other) => other === name).length === 1) return { name, file }
    const longer = isAlone(file) ? folderOf(file) : file.replace(/\.[^.]+$/, '')
    return { name: relative(process.cwd(), longer).split(sep).slice(-3).join('/'), file }
  })
}

/** The file of a handler in the code of a template's function. */
export function handlerFile(codeRoot: string, handler: string): string | undefined {
  return fileOf(codeRoot, handler.replace(/\.[^./]+$/, ''))
}
