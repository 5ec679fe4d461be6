import { isThroughLayer } from '@secrets-cache/core/internal/permissions'
import type { ImportReport } from '../import/report.ts'
import { hasPlaceholder, shown } from '../template/placeholder.ts'
import type { TemplateFunction } from '../template/template-function.ts'
import { type Finding, type FindingOf, findingsFor } from './finding.ts'

const portVariable = 'PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'
const timeToLive = { secret: 'SECRETS_MANAGER_TTL', parameter: 'SSM_PARAMETER_STORE_TTL' } as const
const longest = 300

/** Whether the layer's variables agree with what the code asks for. */
export function checkVariables(
  name: string,
  report: ImportReport,
  { environment }: TemplateFunction,
): readonly Finding[] {
  const tell = findingsFor(name, 'variables')
  const keys = report.readers.flatMap((reader) => reader.keys).filter(({ source }) => isThroughLayer(source))
  if (keys.length === 0) return []
  return [
    ...checkPort(new Set(keys.flatMap(({ port }) => port ?? [])), environment[portVariable], tell),
    ...(['secret', 'parameter'] as const).flatMap((kind) => {
      const own = keys.filter((key) => key.kind === kind)
      return own.length === 0 ? [] : checkTimeToLive(kind, own, environment[timeToLive[kind]], tell)
    }),
  ]
}

function checkPort(
  asked: ReadonlySet<number>,
  variable: string | undefined,
  tell: FindingOf,
): readonly Finding[] {
  if (variable !== undefined && hasPlaceholder(variable)) {
    return [tell('unknown', `cannot tell the layer's port: ${portVariable} is ${shown(variable)}.`)]
  }
  const listens = Number(variable ?? 2773)
  const wrong = [...asked].filter((port) => port !== listens)
  const because = variable === undefined ? 'its default' : portVariable
  return wrong.map((port) =>
    tell('finding', `the code asks the layer on port ${port}, and it listens on ${listens} (${because}).`),
  )
}

type Keys = ImportReport['readers'][number]['keys']

function checkTimeToLive(
  kind: keyof typeof timeToLive,
  keys: Keys,
  variable: string | undefined,
  tell: FindingOf,
): readonly Finding[] {
  const name = timeToLive[kind]
  if (variable !== undefined && hasPlaceholder(variable)) {
    return [tell('unknown', `cannot tell the layer's ${name}: it is ${shown(variable)}.`)]
  }
  if (variable !== undefined && !(Number(variable) >= 0 && Number(variable) <= longest)) {
    return [
      tell(
        'finding',
        `${name} is ${JSON.stringify(variable.slice(0, 20))}; the layer takes seconds from 0 to ${longest}.`,
      ),
    ]
  }
  const asked = keys.filter(({ maxAge, cachedFor }) => maxAge < cachedFor)
  return asked.map(({ view, key, maxAge, cachedFor }) =>
    tell(
      'finding',
      `${view}.${key} has a maxAge of ${maxAge} s, and the layer keeps values for ${cachedFor} s: set ${name} to ${maxAge} or less.`,
    ),
  )
}
