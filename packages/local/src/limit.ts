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
      // A place is handed on, not freed, while somebody waits for it.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
