import { nearest, orList } from '@secrets-cache/core/internal'
import { InvalidArgumentError } from 'commander'

/** A parser for an option that takes one of these words; another is refused with the nearest. */
export function wordIn<Word extends string>(words: readonly Word[]): (given: string) => Word {
  return (given) => {
    const word = words.find((each) => each === given)
    if (word !== undefined) return word
    const near = nearest(given, words)
    throw new InvalidArgumentError(
      near === undefined ? `It is ${orList(words)}.` : `Did you mean ${near}? It is ${orList(words)}.`,
    )
  }
}
