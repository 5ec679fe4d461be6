import { describeEvents } from './describe-event.ts'
import type { FunctionError, Outcome } from './runtime-api.ts'
import type { Invocation, Timed } from './sandbox.ts'

export interface Asked {
  /** Requests to the layer or agent, and calls of AWS's APIs, by whomever. */
  readonly layer: number
  readonly aws: number
}

export interface Init {
  readonly milliseconds: number
  readonly events: readonly Timed[]
  readonly error: FunctionError | undefined
}

/** What a run says, for people or as lines of JSON. */
export interface Report {
  readonly init: (init: Init, asked: Asked) => void
  readonly invocation: (kind: 'cold' | 'warm', invocation: Invocation, asked: Asked) => void
}

const INDENT = ' '.repeat(6)

export const reportAsJson = (say: (line: string) => void): Report => ({
  init: ({ milliseconds, error }, calls) =>
    say(JSON.stringify({ event: 'init', milliseconds, ...(error ? { error } : {}), calls })),
  invocation: (kind, { milliseconds, outcome, events }, calls) =>
    say(JSON.stringify({ event: 'invocation', kind, milliseconds, ...outcome, events, calls })),
})

/** Readable, and no wider than the terminal. */
export const reportAsText = (say: (line: string) => void, width: number): Report => {
  const sayEvents = (events: readonly Timed[]) => {
    for (const { at, type, detail } of describeEvents(events)) {
      const head = `${`+${at.toFixed(1)}`.padStart(9)} ms  ${type.padEnd(9)} `
      for (const [index, line] of wrapped(detail, width - head.length).entries())
        say((index === 0 ? head : ' '.repeat(head.length)) + line)
    }
  }
  return {
    init: ({ milliseconds, events, error }, asked) => {
      say(`INIT  ${milliseconds.toFixed(0)} ms${inWords(asked)}`)
      sayEvents(events)
      if (error) for (const line of errorLines(error, width - INDENT.length)) say(INDENT + line)
    },
    invocation: (kind, { milliseconds, outcome, events }, asked) => {
      say(`${kind}  ${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms${inWords(asked)}`)
      sayEvents(events)
      for (const line of outcomeLines(outcome, width - INDENT.length)) say(INDENT + line)
    },
  }
}

const inWords = ({ layer, aws }: Asked): string => {
  const asked = [...times(layer, 'the layer'), ...times(aws, 'AWS')]
  return asked.length === 0 ? ', nothing asked' : `, asked ${asked.join(', ')}`
}

const times = (count: number, whom: string): readonly string[] =>
  count === 0 ? [] : [`${whom} ${count === 1 ? 'once' : `${count} times`}`]

const outcomeLines = (outcome: Outcome, width: number): readonly string[] => {
  if ('error' in outcome) return errorLines(outcome.error, width)
  const line = JSON.stringify(outcome.result)
  return line.length <= width ? [line] : JSON.stringify(outcome.result, null, 2).split('\n')
}

/** Its stack too, but without the part that is Node's and ours. */
const errorLines = (
  { errorType, errorMessage, trace = [] }: FunctionError,
  width: number,
): readonly string[] => [
  ...wrapped(`${errorType}: ${errorMessage}`, width),
  ...trace.filter(
    (line) =>
      /^\s+at .*[/\\]/.test(line) && !/node:|node_modules|\/bootstrap\.[jt]s|\/run\/inside\//.test(line),
  ),
]

/** Broken at its spaces. A word that is too long stays whole: it may be a name to copy. */
const wrapped = (text: string, width: number): readonly string[] => {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
