import { SECRET_REFERENCE } from '@secrets-cache/local/internal'
import { stringify } from 'yaml'
import { readFunction } from '../import/read-function.ts'
import type { DeclaredKeyReport } from '../import/report.ts'
import type { FoundFunction } from './find-function.ts'
import type { MissingName } from './missing-names.ts'

type Key = Pick<DeclaredKeyReport, 'kind' | 'id' | 'format'>

/** How long the import of the function may take, when it is asked what it declares. */
const timeoutMilliseconds = 10_000

/**
 * Shows, once, the values file that a function without one needs, ready to paste: what it declares, and what it was seen
 * to miss, with placeholders for values.
 */
export const createShowSkeleton = (found: FoundFunction, say: (line: string) => void) => {
  let isShown = false
  return async (missing: readonly MissingName[]): Promise<void> => {
    if (missing.length === 0 || isShown) return
    isShown = true
    const { name, file, folder } = found
    const place = {
      ...{ name, file, folder, codeRoot: folder, exportName: undefined, template: undefined },
      ...{ environment: {}, inheritsVariables: true },
    }
    const { readers } = await readFunction(place, { timeoutMilliseconds })
    const declared = readers.flatMap(({ keys }) => keys)
    const seen = missing.filter(({ id }) => declared.every((key) => key.id !== id))
    say('')
    say('Save this beside the function as values.yaml, with values of your own:')
    say('')
    const skeleton = skeletonOf([
      ...declared,
      ...seen.map(({ id, kind }) => ({ id, kind, format: 'text' as const })),
    ])
    for (const line of skeleton.split('\n')) say(line)
  }
}

/** A values file with these keys, as YAML. */
export const skeletonOf = (keys: readonly Key[]): string => {
  const secrets: Record<string, unknown> = {}
  const parameters: Record<string, unknown> = {}
  for (const { id, kind, format } of keys) {
    if (kind === 'secret') secrets[id] = placeholder[format]
    else if (id.startsWith(SECRET_REFERENCE)) secrets[id.slice(SECRET_REFERENCE.length)] = placeholder[format]
    else if (kind === 'tree') parameters[`${id === '/' ? '' : id}/change-me`] = 'change-me'
    else parameters[id] = format === 'json' ? JSON.stringify(placeholder.json) : placeholder[format]
  }
  const filled = Object.entries({ secrets, parameters }).filter(
    ([, section]) => Object.keys(section).length > 0,
  )
  return stringify(Object.fromEntries(filled)).trimEnd()
}

/** Only the function knows which members it reads of a JSON value. */
const placeholder: Readonly<Record<Key['format'], unknown>> = {
  text: 'change-me',
  json: { 'change-me': 'change-me' },
  binary: { $binary: Buffer.from('change-me').toString('base64') },
  list: ['change-me'],
  tree: 'change-me',
}
