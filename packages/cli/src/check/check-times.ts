import type { ImportReport } from '../import/report.ts'
import type { TemplateFunction } from '../template/template-function.ts'
import { type Finding, findingsFor } from './finding.ts'

/** What core leaves of an invocation's time for the handler to answer in. */
const margin = 100
/** What Lambda allows. */
const memory = { least: 128, most: 10_240 }
/** Below it a first invocation has less than a tenth of a processor: 1,769 MB are a whole one. */
const small = 177

/** Whether the function's time-out and memory fit the time that its middlewares may take. */
export function checkTimes(
  name: string,
  report: ImportReport,
  template: TemplateFunction,
): readonly Finding[] {
  const tell = findingsFor(name, 'time')
  const readers = report.readers.filter(({ keys }) => keys.length > 0)
  if (readers.length === 0) return []
  const longest = Math.max(...readers.map(({ timeoutMilliseconds }) => timeoutMilliseconds))
  const { timeoutSeconds, memoryMegabytes } = template
  return [
    ...(timeoutSeconds === undefined
      ? [
          tell(
            'unknown',
            'cannot tell whether timeoutMilliseconds fits the time-out, which the template leaves open.',
          ),
        ]
      : longest + margin >= timeoutSeconds * 1_000
        ? [
            tell(
              'finding',
              `a read may take ${longest} ms (timeoutMilliseconds), and the function ends after ${timeoutSeconds} s: nothing is left for the handler.`,
            ),
          ]
        : []),
    ...(memoryMegabytes !== undefined && (memoryMegabytes < memory.least || memoryMegabytes > memory.most)
      ? [
          tell(
            'finding',
            `its memory is ${memoryMegabytes} MB; Lambda has ${memory.least} to ${memory.most}.`,
          ),
        ]
      : []),
    ...(memoryMegabytes !== undefined && memoryMegabytes < small && longest < 1_000
      ? [
          tell(
            'finding',
            `a read may take only ${longest} ms (timeoutMilliseconds), and with ${memoryMegabytes} MB the first one has less than a tenth of a processor: raise one of them.`,
          ),
        ]
      : []),
  ]
}
