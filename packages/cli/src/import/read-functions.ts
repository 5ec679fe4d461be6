import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FunctionPlace } from '../functions/function-place.ts'
import { type ReadOptions, readFunction } from './read-function.ts'
import type { DeclaredKeyReport, ImportReport } from './report.ts'

/** A function and what it declares. */
export interface FunctionRead {
  readonly place: FunctionPlace
  readonly report: ImportReport
}

/** Every key that a function declares, in whichever of its readers. */
export function keysOf({ report }: FunctionRead): readonly DeclaredKeyReport[] {
  return report.readers.flatMap(({ keys }) => keys)
}

/** Reads functions, as many at a time as there are processors; in their order. */
export async function readFunctions(
  places: readonly FunctionPlace[],
  optionsFor: (place: FunctionPlace) => ReadOptions,
): Promise<readonly FunctionRead[]> {
  // Of this run alone: nobody else can put compiled code there.
  const compileCache = await mkdtemp(join(tmpdir(), 'secrets-cache-'))
  const reads = new Map<FunctionPlace, ImportReport>()
  const waiting = [...places]
  const work = async () => {
    for (let place = waiting.shift(); place; place = waiting.shift()) {
      reads.set(place, await readFunction(place, { ...optionsFor(place), compileCache }))
    }
  }
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, work))
  } finally {
    await rm(compileCache, { recursive: true, force: true })
  }
  return places.map((place) => ({ place, report: reads.get(place) as ImportReport }))
}
