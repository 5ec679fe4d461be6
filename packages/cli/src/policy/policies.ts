import { relative } from 'node:path'
import {
  isFromAws,
  type PermissionOptions,
  type Statement,
  statementsFor,
} from '@secrets-cache/core/internal/permissions'
import { type Finding, findingsFor } from '../check/finding.ts'
import { type FunctionRead, keysOf } from '../import/read-functions.ts'
import { shown } from '../template/placeholder.ts'

/** The policy of one function, or of all of them together. */
export interface Policy {
  readonly name: string
  /** `undefined` where several functions share it. */
  readonly file: string | undefined
  readonly statements: readonly Statement[]
}

/** One function's policy as `policy --json` prints it: a policy document of IAM. */
export interface FunctionPolicy {
  readonly function: string
  readonly file: string
  readonly policy: { readonly Version: '2012-10-17'; readonly Statement: readonly object[] }
}

/** The least that each function's role must allow; functions that read nothing from AWS have no policy. */
export function policiesFor(
  reads: readonly FunctionRead[],
  options: PermissionOptions,
  isMerged: boolean,
): readonly Policy[] {
  const groups = isMerged
    ? [{ name: 'merged', reads }]
    : reads.map((read) => ({ name: read.place.name, reads: [read] }))
  return groups
    .map(({ name, reads: own }) => ({
      name,
      file: isMerged ? undefined : relative(process.cwd(), own[0]?.place.file ?? ''),
      statements: statementsFor(
        own.flatMap(keysOf).map((key) => ({ ...key, id: shown(key.id) })),
        options,
      ),
    }))
    .filter(({ statements }) => statements.length > 0)
}

/** What a source that is not of AWS reads has no place in a policy; that is told. */
export function otherSources(reads: readonly FunctionRead[]): readonly Finding[] {
  return reads.flatMap((read) => {
    const others = keysOf(read).filter(({ source }) => !isFromAws(source))
    return [...new Set(others.map(({ source }) => source))].map((source) =>
      findingsFor(read.place.name, 'role')(
        'note',
        `${source} is no source of AWS: what it reads is in no policy.`,
      ),
    )
  })
}

/** AWS's limit for the inline policies of a role, in characters without white space. */
export const longestInline = 10_240
