import type { FunctionRead } from '../import/read-functions.ts'
import { shown } from '../template/placeholder.ts'
import { type Finding, findingsFor } from './finding.ts'

/** How the import of a handler went: a failure is a finding, what is only unusual a note. */
export function checkImport({ place, report }: FunctionRead): readonly Finding[] {
  const tell = findingsFor(place.name, 'import')
  const { failure, printed, sockets, readers, exports } = report
  const { exportName } = place
  const isReader = readers.some(({ keys }) => keys.length > 0)
  const isDynamic = readers.some(({ keys }) => keys.length === 0)
  return [
    ...(failure ? [tell('finding', shown(describe(place.file, failure)))] : []),
    ...(printed > 0
      ? [
          tell(
            'note',
            `prints ${printed} ${printed === 1 ? 'line' : 'lines'} when it is imported; not shown, because it may hold values.`,
          ),
        ]
      : []),
    ...(sockets > 0 ? [tell('note', 'opens a network connection when it is imported.')] : []),
    ...(isDynamic
      ? [tell('note', 'reads names that are known only at run time (get): they cannot be listed.')]
      : []),
    ...(!failure && !isReader && !isDynamic ? [tell('note', 'declares nothing.')] : []),
    ...(!failure && exportName !== undefined && !exports.includes(exportName)
      ? [
          tell(
            'finding',
            `its file exports no "${exportName}", which the template names; it exports ${exports.join(', ') || 'nothing'}.`,
          ),
        ]
      : []),
  ]
}

type Failure = NonNullable<FunctionRead['report']['failure']>

function describe(file: string, { kind, cause, at, missing }: Failure): string {
  const variables =
    missing.length === 0 ? '' : ` Read and not set: ${missing.join(', ')}; give --env or --env-file.`
  const verb = kind === 'exits' || kind === 'never-ends' ? '' : 'the import fails: '
  return `${at ?? file}: ${verb}${cause.endsWith('.') ? cause : `${cause}.`}${variables}`
}
