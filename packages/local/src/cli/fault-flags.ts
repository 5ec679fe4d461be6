import { collected, duration, durationOrCount, type Flag, rate } from './flags.ts'

export interface FaultFlags {
  readonly notReady: { readonly milliseconds: number } | { readonly times: number } | undefined
  readonly deny: readonly string[]
  /** Milliseconds. */
  readonly slow: number | undefined
  /** Reads a second. */
  readonly throttle: number | undefined
  readonly opaque: boolean
}

export const FAULT_FLAGS: readonly Flag[] = [
  {
    flags: '--not-ready <value>',
    shown: '--not-ready 500ms',
    about: 'the layer is not ready for this time, or for a number of requests (--not-ready 3)',
    read: durationOrCount('not-ready'),
  },
  {
    flags: '--deny <value>',
    shown: '--deny prod/x',
    about: 'AccessDenied for a name, for prod/*, or for an action (ssm:GetParameter); may be repeated',
    read: collected,
  },
  {
    flags: '--slow <value>',
    shown: '--slow 200ms',
    about: 'every answer is delayed by this time',
    read: duration('slow'),
  },
  {
    flags: '--throttle <value>',
    shown: '--throttle 40/s',
    about: 'Parameter Store allows this many reads a second',
    read: rate('throttle'),
  },
  { flags: '--opaque', shown: '--opaque', about: 'the layer fails without a reason' },
]

/** The faults among the flags that were given. */
export const faultFlags = ({
  notReady,
  deny = [],
  slow,
  throttle,
  opaque = false,
}: Partial<FaultFlags>): FaultFlags => ({ notReady, deny, slow, throttle, opaque })
