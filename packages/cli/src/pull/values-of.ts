import type { Outcome, RawValue } from '@secrets-cache/core'
import { type Finding, findingsFor } from '../check/finding.ts'
import { referenceId } from '../functions/reference-id.ts'
import type { DeclaredKeyReport } from '../import/report.ts'
import { redacted } from './redact.ts'

/** A values file of the stand-in. */
export interface ValuesFile {
  readonly secrets: Readonly<Record<string, unknown>>
  readonly parameters: Readonly<Record<string, unknown>>
}

/** What a values file has no place for, or what the answers do not say. */
const notCarried =
  'the file has the current version of each value. It does not carry older versions, stages and labels, nor which parameters are SecureStrings: those are in it as plain texts.'

const secretByParameter = '/aws/reference/secretsmanager/'

/** What is declared and could be read, as the stand-in holds it; made-up values of the same form where `isRedacted`. */
export function valuesOf(
  keys: readonly DeclaredKeyReport[],
  outcomes: ReadonlyMap<string, Outcome>,
  isRedacted: boolean,
): { readonly values: ValuesFile; readonly findings: readonly Finding[] } {
  const secrets: Record<string, unknown> = {}
  const parameters: Record<string, unknown> = {}
  const findings: Finding[] = []
  const tell = findingsFor(undefined, 'value')
  for (const key of new Map(keys.map((each) => [referenceId(each), each])).values()) {
    const outcome = outcomes.get(referenceId(key)) as Outcome
    if (!outcome.ok) {
      const { code } = outcome.error
      const isMissing = code === 'NOT_FOUND' && key.optional
      findings.push(tell(isMissing ? 'note' : 'finding', `${key.id} is left out: ${code}.`))
      continue
    }
    if (isOfOldVersion(key)) {
      findings.push(
        tell(
          'note',
          `${key.id} is declared with a stage or version; the stand-in starts with current versions only.`,
        ),
      )
      continue
    }
    const value = isRedacted ? redacted(outcome.value) : outcome.value
    if (key.kind === 'secret') secrets[key.id] = written(value)
    else if (key.kind === 'tree') Object.assign(parameters, leavesOf(key.id, value))
    else if (key.id.startsWith(secretByParameter))
      secrets[key.id.slice(secretByParameter.length)] = written(value)
    else parameters[key.id] = value
  }
  if (Object.keys(secrets).length + Object.keys(parameters).length > 0)
    findings.push(tell('note', notCarried))
  return { values: { secrets: inOrder(secrets), parameters: inOrder(parameters) }, findings }
}

function isOfOldVersion({ stage, versionId, version, label }: DeclaredKeyReport): boolean {
  return [stage, versionId, version, label].some((each) => each !== undefined)
}

function leavesOf(path: string, value: RawValue): Record<string, unknown> {
  const prefix = path === '/' ? '/' : `${path}/`
  return Object.fromEntries(Object.entries(value).map(([rest, leaf]) => [`${prefix}${rest}`, leaf]))
}

/** JSON that survives it is written as an object, for people to edit; bytes are base64. */
function written(value: RawValue): unknown {
  if (value instanceof Uint8Array) return { $binary: Buffer.from(value).toString('base64') }
  if (typeof value !== 'string' || !/^[{[]/.test(value)) return value
  try {
    const parsed = JSON.parse(value) as object
    return JSON.stringify(parsed) === value && !('$binary' in parsed) ? parsed : value
  } catch {
    return value
  }
}

function inOrder(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => a.localeCompare(b, 'en')))
}
