import { randomUUID } from 'node:crypto'
import type { Reference } from '../declare/reference.ts'
import type { FetchContext, Outcome, Source } from '../source/source.ts'

/** One question to a scripted source, answered by the test when it pleases. */
export interface Question {
  /** What was asked for. */
  readonly reference: Reference
  /** What the source was told with the call. */
  readonly context: FetchContext
  /** Answers it. */
  readonly answer: (outcome: Outcome) => void
  /** Lets the source reject, which it should never do. */
  readonly throws: (thrown: unknown) => void
}

/** A source whose every answer is handed out by the test. */
export interface ScriptedSource extends Source {
  /** All that was asked, in order. */
  readonly questions: readonly Question[]
  /** The references of each call. */
  readonly calls: readonly (readonly string[])[]
}

/**
 * Makes a source that answers nothing until the test does; fields of `overrides` go before its own.
 * @example source.questions[0]?.answer({ ok: true, value: 'first' })
 */
export function scriptedSource(overrides: Partial<Source> = {}): ScriptedSource {
  const questions: Question[] = []
  const calls: string[][] = []
  return {
    name: 'scripted',
    identity: `scripted ${randomUUID()}`,
    fetch(references, context) {
      calls.push(references.map(({ id }) => id))
      return references.map((reference) => {
        const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
        questions.push({ reference, context, answer: resolve, throws: reject })
        return promise
      })
    },
    ...overrides,
    questions,
    calls,
  }
}
