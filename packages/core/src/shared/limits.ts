/** Every number the engine starts from, each with its reason. Durations are milliseconds unless named otherwise. */
export const limits = {
  /** Share of maxAge: environments that started together do not expire together. It only shortens. */
  maxAgeJitter: 0.1,
  /** The first pause after a failure: shorter than most invocations are apart, long enough to spare the source. */
  backoffBase: 500,
  /** The longest pause: an outage that ends is noticed within half a minute. */
  backoffMax: 30_000,
  /** How long one load, or one asynchronous schema, may run before it is given up: above any healthy answer. */
  loadTimeout: 5_000,
  /** How long a read whose value is past its freshness waits for a newer one before it takes the old. */
  softWait: 200,
  /** Left of the remaining time for the handler to answer in. */
  margin: 100,
  /** How long firstOf waits for a source before the next one: half of what a read waits, so that both get a turn. */
  firstShare: 1_000,
  /** Between two forced loads of one key: a burst of failed logins asks once. */
  minimumRefreshInterval: 1_000,
  /** Share of the pause in retryOnRotation: retries do not keep step with rotations. It only lengthens. */
  pauseJitter: 0.5,
  /** Names known only at run time that are kept: bounds memory where there is one secret per tenant. */
  dynamicEntries: 1_024,
  /** A timer that is later than this was delayed: the process was frozen or blocked. */
  lateMilliseconds: 50,
  /** What a late timer waits for an answer that has already arrived. */
  graceMilliseconds: 50,
} as const

export type Limits = { readonly [Name in keyof typeof limits]: number }
