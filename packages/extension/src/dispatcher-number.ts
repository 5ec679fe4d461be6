import type { Dispatcher } from './dispatcher.ts'

const numbers = new WeakMap<Dispatcher, number>()
let last = 0

/** A number of its own for each dispatcher: two of them may reach two different accounts. */
export function numberOf(dispatcher: Dispatcher): number {
  const known = numbers.get(dispatcher)
  if (known !== undefined) return known
  numbers.set(dispatcher, ++last)
  return last
}
