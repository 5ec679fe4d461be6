import { distance } from 'fastest-levenshtein'

/** The word that is closest to `given` or begins with it, if one is close enough to be a likely typing error. */
export const nearest = (given: string, words: Iterable<string>): string | undefined => {
  let best: { readonly word: string; readonly distance: number } | undefined
  for (const word of words) {
    const next = { word, distance: distanceOf(given.toLowerCase(), word.toLowerCase()) }
    const isClose = next.distance <= Math.max(2, Math.floor(word.length / 3))
    if (isClose && (!best || next.distance < best.distance)) best = next
  }
  return best?.word
}

/** ` Did you mean "x"?`, or nothing. */
export const didYouMean = (
  given: string,
  words: Iterable<string>,
  shown: (word: string) => string = (word) => `"${word}"`,
): string => {
  const word = nearest(given, words)
  return word === undefined ? '' : ` Did you mean ${shown(word)}?`
}

const distanceOf = (given: string, word: string): number =>
  given.length > 2 && word.startsWith(given) ? 0 : distance(given, word)
