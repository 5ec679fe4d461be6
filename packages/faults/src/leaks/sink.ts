/** A way in which a thing gets to be read by somebody whom nobody meant. */
export interface Sink {
  readonly name: string
  /** What comes out of it, as text. It may throw: that is what it does with such a thing. */
  readonly write: (thing: unknown) => string
}
