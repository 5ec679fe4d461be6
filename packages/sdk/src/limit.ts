export type Limit = <Result>(work: () => Promise<Result>) => Promise<Result>

/** Lets so many run at a time; the others wait in turn. */
export function createLimit(most: number): Limit {
  const waiting: (() => void)[] = []
  let free = most

  return async (work) => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
