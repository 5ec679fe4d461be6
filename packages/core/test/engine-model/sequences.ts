import fc from 'fast-check'

const shortest = 30
const longest = 40
const drawn = fc.array(fc.nat(2 ** 24 - 1), { minLength: shortest, maxLength: longest })

/**
 * Sequences of events, each a number of 24 bits. Generated without the objects that fast-check makes for each item,
 * and shrunk by its own array.
 */
class Sequences extends fc.Arbitrary<number[]> {
  override generate(random: fc.Random): fc.Value<number[]> {
    const sequence: number[] = []
    const length = random.nextInt(shortest, longest)
    while (sequence.length < length) sequence.push(random.nextInt() & 0xff_ff_ff)
    return new fc.Value(sequence, undefined)
  }

  override canShrinkWithoutContext(value: unknown): value is number[] {
    return drawn.canShrinkWithoutContext(value)
  }

  override shrink(value: number[], context: unknown): fc.Stream<fc.Value<number[]>> {
    return drawn.shrink(value, context)
  }
}

export const sequences = new Sequences()
