import type { Lambda, Outcome } from '../scenario.ts'

/** Starts `count` invocations together; the outcome is the worst of them. */
export const manyAtOnce =
  (count: number) =>
  async (lambda: Lambda): Promise<Outcome> => {
    const outcomes = await Promise.all(Array.from({ length: count }, () => lambda.invoke()))
    const [first] = outcomes as [Outcome]
    const isLikeFirst = ({ values }: Outcome) => values?.['db'] === first.values?.['db']
    return (
      outcomes.find(({ isHung, error }) => isHung || error !== undefined) ??
      outcomes.find((outcome) => !isLikeFirst(outcome)) ??
      first
    )
  }
