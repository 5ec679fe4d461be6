/** At most `most` tasks at once; the others wait in order. */
export const createLimit = (most: number) => {
  const waiting: (() => void)[] = []
  let running = 0

  return async <Result>(task: () => Promise<Result>): Promise<Result> => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await task()
    } finally {
      // The place goes to the next task directly, so that no new task can take it first.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
