import { statementsFor } from '@secrets-cache/core/internal/permissions'
import type { FunctionRead } from '../import/read-functions.ts'
import { checkLayer } from './check-layer.ts'
import { checkRole } from './check-role.ts'
import { checkTimes } from './check-times.ts'
import { checkVariables } from './check-variables.ts'
import type { Finding } from './finding.ts'

/** A function against its template. What it declares is not known where its import failed: then nothing is said. */
export function checkTemplate(
  { place, report }: FunctionRead,
  kmsKeys: readonly string[],
): readonly Finding[] {
  const { template, name } = place
  const keys = report.readers.flatMap((reader) => reader.keys)
  if (!template || report.failure || keys.length === 0) return []
  const needed = statementsFor(keys, { ...template, kmsKeys })
  // Its `get` is seen only when it is called.
  const mayGet = report.readers.some(({ maker }) => maker === 'createSecrets')
  return [
    ...checkRole(name, { needed, mayGet }, template.role),
    ...checkLayer(name, report, template),
    ...checkVariables(name, report, template),
    ...checkTimes(name, report, template),
  ]
}
