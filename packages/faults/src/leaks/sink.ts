/** A way in which the content of a thing becomes visible: a console, a logger, a copy. */
export interface Sink {
  readonly name: string
  /** What the sink shows of a thing, as text. It may throw where it cannot take such a thing. */
  readonly write: (thing: unknown) => string
}
