import fc from 'fast-check'

/** One thing that happens to a function's environment. */
export type Step =
  | { readonly kind: 'invoke'; readonly handler: number; readonly remaining: number }
  /** `count` invocations at once; the next step does not wait for them. */
  | { readonly kind: 'burst'; readonly handler: number; readonly count: number }
  | { readonly kind: 'tenant'; readonly role: number }
  | { readonly kind: 'retryOnRotation' }
  | { readonly kind: 'refresh' }
  | { readonly kind: 'rotate'; readonly role: number }
  | { readonly kind: 'pass'; readonly seconds: number }
  | { readonly kind: 'fault'; readonly fault: FaultName }
  | { readonly kind: 'calm' }
  | { readonly kind: 'clear' }

export const faultNames = [
  'refuse',
  'notReady',
  'opaque',
  'deny',
  'throttle',
  'internal',
  'hang',
  'slow',
  'drip',
  'truncate',
  'reset',
  'garbage',
  'status',
  'empty',
  'odd',
  'redirect',
  'token',
] as const

export type FaultName = (typeof faultNames)[number]

const handler = fc.nat(1)
const role = fc.nat(2)

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('invoke'),
      handler,
      remaining: fc.constantFrom(10, 150, 60_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('burst'), handler, count: fc.integer({ min: 2, max: 20 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('tenant'), role }) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'retryOnRotation' }, { kind: 'refresh' }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('rotate'), role }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pass'), seconds: fc.constantFrom(0.4, 1, 31, 61, 300, 700) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('fault'), fault: fc.constantFrom(...faultNames) }),
  },
  { weight: 2, arbitrary: fc.constantFrom({ kind: 'calm' }, { kind: 'calm' }, { kind: 'clear' }) },
)

export const anySteps: fc.Arbitrary<readonly Step[]> = fc.array(step, { minLength: 2, maxLength: 10 })
