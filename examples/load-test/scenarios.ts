/** One run of the load. */
export interface Scenario {
  readonly name: string
  /** Seconds the layer keeps a value: its SSM_PARAMETER_STORE_TTL and SECRETS_MANAGER_TTL. */
  readonly ttl: 0 | 1 | 300
  /** Seconds our cache keeps a value; 0: each invocation asks the layer, as the article's function does. */
  readonly maxAge: number
  readonly source: 'extension' | 'sdk'
  readonly values: 1 | 15
  /** The GetParameter calls that the article saw. */
  readonly article?: number
}

export const scenarios: readonly Scenario[] = [
  { name: 'layer, TTL 0', ttl: 0, maxAge: 0, source: 'extension', values: 1, article: 1650 },
  { name: 'layer, TTL 1', ttl: 1, maxAge: 0, source: 'extension', values: 1, article: 106 },
  { name: 'layer, TTL 300', ttl: 300, maxAge: 0, source: 'extension', values: 1, article: 18 },
  { name: 'layer, TTL 300, and ours', ttl: 300, maxAge: 300, source: 'extension', values: 1 },
  { name: '15 values, layer, TTL 300', ttl: 300, maxAge: 300, source: 'extension', values: 15 },
  { name: '15 values, sdk(), batched', ttl: 300, maxAge: 300, source: 'sdk', values: 15 },
]
