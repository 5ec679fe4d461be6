import { columns } from '@secrets-cache/local/internal'
import { describeEvents } from './describe-event.ts'
import { errorLines, missingLines } from './error-lines.ts'
import { hintFor } from './hint.ts'
import type { MissingName } from './missing-names.ts'
import type { FunctionError, Outcome } from './runtime-api.ts'
import type { Invocation, Timed } from './sandbox.ts'

export interface Asked {
  /** Requests to the layer or agent, and all calls of AWS's APIs. */
  readonly layer: number
  readonly aws: number
}

export interface Init {
  readonly milliseconds: number
  readonly events: readonly Timed[]
  readonly error: FunctionError | undefined
}

/** The output of `run`, for people or as lines of JSON. */
export interface Report {
  readonly init: (init: Init, asked: Asked, missing: readonly MissingName[]) => void
  readonly invocation: (
    kind: 'cold' | 'warm',
    invocation: Invocation,
    asked: Asked,
    missing: readonly MissingName[],
  ) => void
}

const INDENT = 6

export const reportAsJson = (say: (line: string) => void): Report => ({
  init: ({ milliseconds, error }, calls, missing) =>
    say(
      JSON.stringify({
        event: 'init',
        milliseconds,
        ...(error ? { error: hinted(error) } : {}),
        calls,
        ...found(missing),
      }),
    ),
  invocation: (kind, { milliseconds, outcome, events }, calls, missing) => {
    const told = 'error' in outcome ? { error: hinted(outcome.error) } : outcome
    say(
      JSON.stringify({ event: 'invocation', kind, milliseconds, ...told, events, calls, ...found(missing) }),
    )
  },
})

const hinted = (error: FunctionError): object => {
  const hint = hintFor(error)
  return hint === undefined ? error : { ...error, hint }
}

const found = (missing: readonly MissingName[]): object => (missing.length > 0 ? { missing } : {})

/** Readable, and no wider than the terminal. */
export const reportAsText = (say: (line: string) => void, width: number): Report => {
  const sayAll = (lines: readonly string[]): void => {
    for (const line of lines) say(line === '' ? line : ' '.repeat(INDENT) + line)
  }
  const sayEvents = (events: readonly Timed[]): void => {
    const rows = describeEvents(events).map(({ at, type, detail }) => [
      `${`+${at.toFixed(1)}`.padStart(9)} ms`,
      type,
      detail,
    ])
    for (const line of columns(rows, { width, least: [12, 8] })) say(line)
  }
  return {
    init: ({ milliseconds, events, error }, asked, missing) => {
      say(`INIT  ${milliseconds.toFixed(0)} ms${inWords(asked)}`)
      sayEvents(events)
      if (error) sayAll(errorLines(error, width - INDENT, missing, events))
    },
    invocation: (kind, { milliseconds, outcome, events }, asked, missing) => {
      say(`${kind}  ${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms${inWords(asked)}`)
      sayEvents(events)
      sayAll(outcomeLines(outcome, width - INDENT, missing, events))
    },
  }
}

const inWords = ({ layer, aws }: Asked): string => {
  const asked = [...times(layer, 'the layer'), ...times(aws, 'AWS')]
  return asked.length === 0 ? ', nothing asked' : `, asked ${asked.join(', ')}`
}

const times = (count: number, whom: string): readonly string[] =>
  count === 0 ? [] : [`${whom} ${count === 1 ? 'once' : `${count} times`}`]

const outcomeLines = (
  outcome: Outcome,
  width: number,
  missing: readonly MissingName[],
  events: readonly Timed[],
): readonly string[] => {
  if ('error' in outcome) return errorLines(outcome.error, width, missing, events)
  const line = JSON.stringify(outcome.result)
  const lines = line.length <= width ? [line] : JSON.stringify(outcome.result, null, 2).split('\n')
  return [...missingLines(missing, width), ...lines]
}
