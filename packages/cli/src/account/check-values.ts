import { relative } from 'node:path'
import type { Outcome } from '@secrets-cache/core'
import { isFromAws } from '@secrets-cache/core/internal/permissions'
import { referenceId } from '../functions/reference-id.ts'
import { type FunctionRead, keysOf, readFunctions } from '../import/read-functions.ts'
import type { Answer, DeclaredKeyReport, KeyResult } from '../import/report.ts'
import { type FetchOptions, fetchValues } from './fetch-values.ts'

/** How one declared key was found in the account, as `check --json` prints it. Never a value. */
export interface KeyCheck {
  readonly function: string
  readonly file: string
  readonly view: 'secrets' | 'parameters'
  readonly key: string
  readonly id: string
  /** `true` where it is there, readable, and passes its format and schema; or where its fallback is taken. */
  readonly ok: boolean
  readonly fallback: boolean
  /** A code of docs/errors.md, where it is not ok. */
  readonly code?: string | undefined
  readonly reason?: string | undefined
  readonly remedy?: string | undefined
}

/** Reads everything that is declared from the account, as the functions would; what is not of AWS is left out. */
export async function checkValues(
  reads: readonly FunctionRead[],
  options: FetchOptions & { readonly timeoutMilliseconds: number },
): Promise<readonly KeyCheck[]> {
  const keys = (read: FunctionRead) => keysOf(read).filter(({ source }) => isFromAws(source))
  const outcomes = await fetchValues(reads.flatMap(keys), options)
  const answersFor = (read: FunctionRead) => keys(read).flatMap((key) => answerFor(key, outcomes) ?? [])
  const readable = reads.filter((read) => !read.report.failure && answersFor(read).length > 0)
  const byPlace = new Map(reads.map((read) => [read.place, read]))
  const parsed = await readFunctions(
    readable.map(({ place }) => place),
    (place) => ({ ...options, answers: answersFor(byPlace.get(place) as FunctionRead) }),
  )
  return reads.flatMap((read) => {
    const results = parsed.find(({ place }) => place === read.place)?.report.results ?? []
    return keys(read).map((key) => checkOf(read, key, outcomes.get(referenceId(key)) as Outcome, results))
  })
}

function checkOf(
  { place }: FunctionRead,
  key: DeclaredKeyReport,
  outcome: Outcome,
  results: readonly KeyResult[],
): KeyCheck {
  const about = {
    function: place.name,
    file: relative(process.cwd(), place.file),
    view: key.view,
    key: key.key,
    id: key.id,
  }
  if (!outcome.ok) {
    const { code, reason, remedy } = outcome.error
    const isMissing = code === 'NOT_FOUND' && key.optional
    return isMissing
      ? { ...about, ok: true, fallback: true }
      : { ...about, ok: false, fallback: false, code, reason, remedy }
  }
  const result = results.find(
    (one) => one.view === key.view && one.key === key.key && one.reference === referenceId(key),
  )
  if (result?.code === undefined && result) return { ...about, ok: true, fallback: false }
  const { code, reason, remedy } = result ?? {
    code: 'UNKNOWN',
    reason: 'its handler could not be imported, or gave up',
    remedy: 'See what the import of this function says.',
  }
  return { ...about, ok: false, fallback: false, code, reason, remedy }
}

function answerFor(key: DeclaredKeyReport, outcomes: ReadonlyMap<string, Outcome>): Answer | undefined {
  const reference = referenceId(key)
  const outcome = outcomes.get(reference)
  if (!outcome?.ok) return undefined
  const { value, version } = outcome
  const encoded =
    value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : { raw: value }
  return { reference, value: encoded, version }
}
