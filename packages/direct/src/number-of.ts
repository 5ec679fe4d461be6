const numbers = new WeakMap<object, number>()
let last = 0

/** A different number for each object. */
export function numberOf(given: object): number {
  const known = numbers.get(given)
  if (known !== undefined) return known
  numbers.set(given, ++last)
  return last
}
