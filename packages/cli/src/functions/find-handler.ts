import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportsName } from './exports-name.ts'

const folders = ['', 'src', 'dist']
export const handlerNames = ['index', 'handler', 'lambda', 'main', 'app']
/** What Node runs as it is. */
export const nodeEndings = ['.mjs', '.js', '.cjs', '.mts', '.ts', '.cts']
/** The same, and what is bundled first. */
export const handlerEndings = [...nodeEndings, '.tsx', '.jsx']

export interface HandlerSearch {
  /** @default 'handler' */
  readonly exportName?: string
  /** @default all, those that are bundled first included */
  readonly endings?: readonly string[]
}

/** The handler in a function's folder, by the usual names; `undefined` where there is none. */
export function handlerIn(folder: string, search: HandlerSearch = {}): string | undefined {
  return handlerAt(
    folders.flatMap((below) => handlerNames.map((name) => join(folder, below, name))),
    search,
  )
}

/** The file of a handler as Lambda names it: `src/index` of `src/index.handler`. */
export function fileOf(folder: string, stem: string, search: HandlerSearch = {}): string | undefined {
  return handlerAt([join(folder, stem)], search)
}

export const isHandlerFile = (file: string): boolean => handlerEndings.some((ending) => file.endsWith(ending))

/** Other files have these names too, so the first one that exports a handler is chosen. */
function handlerAt(
  stems: readonly string[],
  { exportName = 'handler', endings = handlerEndings }: HandlerSearch,
): string | undefined {
  const there = stems
    .flatMap((stem) => endings.map((ending) => stem + ending))
    .filter((file) => existsSync(file))
  const said = (wanted: 'yes' | 'maybe') =>
    there.find((file) => exportsName(readFileSync(file, 'utf8'), exportName) === wanted)
  return there.length > 1 ? (said('yes') ?? said('maybe') ?? there[0]) : there[0]
}
