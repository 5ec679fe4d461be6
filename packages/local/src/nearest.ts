/** The allowed word closest to what was given, when it is close enough to be what was meant. */
export const nearest = (given: string, allowed: Iterable<string>): string | undefined => {
  let best: { word: string; distance: number } | undefined
  for (const word of allowed) {
    const distance = editDistance(given.toLowerCase(), word.toLowerCase())
    if (!best || distance < best.distance) best = { word, distance }
  }
  return best && best.distance <= Math.max(2, given.length / 3) ? best.word : undefined
}

/** ` Did you mean "x"?`, or nothing. */
export const didYouMean = (given: string, allowed: Iterable<string>): string => {
  const word = nearest(given, allowed)
  return word === undefined ? '' : ` Did you mean "${word}"?`
}

const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
