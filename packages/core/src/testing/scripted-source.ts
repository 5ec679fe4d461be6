import { randomUUID } from 'node:crypto'
import type { Reference } from '../declare/reference.ts'
import type { FetchContext, Outcome, Source } from '../source/source.ts'

/** One question to a scripted source, answered by the test when it pleases. */
export interface Question {
  readonly reference: Reference
  readonly context: FetchContext
  readonly answer: (outcome: Outcome) => void
  readonly throws: (thrown: unknown) => void
}

/** A source whose every answer is handed out by the test. */
export interface ScriptedSource extends Source {
  /** All that was asked, in order. */
  readonly questions: readonly Question[]
  /** The references of each call. */
  readonly calls: readonly (readonly string[])[]
}

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
