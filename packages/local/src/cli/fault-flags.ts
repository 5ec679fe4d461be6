import { duration, durationOrCount, rate } from './flags.ts'

export interface FaultFlags {
  readonly notReady: { readonly milliseconds: number } | { readonly times: number } | undefined
  readonly deny: readonly string[]
  /** Milliseconds. */
  readonly slow: number | undefined
  /** Reads a second. */
  readonly throttle: number | undefined
  readonly opaque: boolean
}

export const FAULT_FLAGS = {
  'not-ready': { type: 'string' },
  deny: { type: 'string', multiple: true },
  slow: { type: 'string' },
  throttle: { type: 'string' },
  opaque: { type: 'boolean' },
} as const

export interface FaultValues {
  readonly 'not-ready'?: string | undefined
  readonly deny?: string[] | undefined
  readonly slow?: string | undefined
  readonly throttle?: string | undefined
  readonly opaque?: boolean | undefined
}

/** Reads the flags of faults. */
export const faultFlags = (values: FaultValues): FaultFlags => ({
  notReady: values['not-ready'] === undefined ? undefined : durationOrCount('not-ready', values['not-ready']),
  deny: values.deny ?? [],
  slow: values.slow === undefined ? undefined : duration('slow', values.slow),
  throttle: values.throttle === undefined ? undefined : rate('throttle', values.throttle),
  opaque: values.opaque ?? false,
})
