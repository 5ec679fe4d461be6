import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { columns, wrapped } from '@secrets-cache/local/internal'
import { hintFor } from './hint.ts'
import type { MissingName } from './missing-names.ts'
import type { FunctionError } from './runtime-api.ts'
import type { Timed } from './sandbox.ts'

/** An error of the function for people: what it says, each sentence once, what explains it, and its own stack. */
export const errorLines = (
  error: FunctionError,
  width: number,
  missing: readonly MissingName[],
  events: readonly Timed[],
): readonly string[] => {
  const hint = hintFor(error)
  const message = explains(missing, events) ? firstSentence(error.errorMessage) : eachOnce(error.errorMessage)
  return [
    ...wrapped(`${error.errorType}: ${message}`, width),
    ...missingLines(missing, width),
    ...(hint === undefined ? [] : wrapped(hint, width)),
    ...ownFrames(error.trace ?? []),
  ]
}

export const missingLines = (missing: readonly MissingName[], width: number): readonly string[] =>
  columns(
    missing.map(({ id, why }) => [id, why]),
    { width },
  )

/** Whether missing names explain every failed key; remedies for other causes are then left out. */
const explains = (missing: readonly MissingName[], events: readonly Timed[]): boolean => {
  const failed = events.flatMap(({ event }) => (event.type === 'error' ? [event['id']] : []))
  return failed.length > 0 && failed.every((failedId) => missing.some(({ id }) => id === failedId))
}

/** Several errors in one message repeat their remedies. */
const eachOnce = (message: string): string => {
  const seen = new Set<string>()
  return message
    .split(SENTENCES)
    .filter((sentence) => {
      const words = sentence.replace(/^\| /, '')
      return !seen.has(words) && seen.add(words)
    })
    .join(' ')
}

const SENTENCES = /(?<=[.!?]) (?=[A-Z|])/

const firstSentence = (message: string): string => /^.*?\.(?= |$)/s.exec(message)?.[0] ?? message

/** The stack frames of the function itself, without those of Node, packages and this program. */
const ownFrames = (trace: readonly string[]): readonly string[] =>
  trace.filter(
    (line) => /^\s+at .*[/\\]/.test(line) && !/node:|node_modules/.test(line) && !line.includes(OURS),
  )

/** This program's own files: `src`, or `dist` when built. */
const OURS = dirname(fileURLToPath(import.meta.url)).replace(/[/\\]run$/, '')
