import { holdsCanary } from '../canary.ts'
import { sinks } from './sinks.ts'

/** What can be seen of one run from outside its handler. */
export interface Seen {
  readonly errors: readonly unknown[]
  readonly events: readonly object[]
  /** Middy's requests, with the context that the handler had. */
  readonly requests: readonly object[]
  readonly variables: readonly (readonly [string, string | undefined])[]
}

/** Where something came out: the thing and the sink. */
export function leaksOf({ errors, events, requests, variables }: Seen): readonly string[] {
  const things: readonly (readonly [string, unknown])[] = [
    ...errors.map((error) => ['error', error] as const),
    ...requests.flatMap((request) => thingsOf(request)),
    ['events', events.slice(-3)],
    ['process.env', variables],
  ]
  const seen = new Set<unknown>()
  const found = things
    .filter(([, thing]) => isNews(thing, seen))
    .flatMap(([name, thing]) => sinksWith(thing).map((sink) => `${name}: ${sink}`))
  // There may be thousands of events: of the earlier ones, plain data all, JSON says everything.
  return [...new Set(holdsCanary(JSON.stringify(events)) ? [...found, 'events: JSON'] : found)]
}

/** Neither looked at before nor empty: most runs leave nothing in most places. */
function isNews(thing: unknown, seen: Set<unknown>): boolean {
  if (seen.has(thing)) return false
  seen.add(thing)
  const isObject = typeof thing === 'object' && thing !== null
  return !isObject || Reflect.ownKeys(thing).some((name) => name !== 'length')
}

function thingsOf(request: object): (readonly [string, unknown])[] {
  const { context, internal, error } = request as Record<string, unknown>
  return [
    ['context', context],
    ['request.internal', internal],
    ...(error === undefined ? [] : [['request.error', error] as const]),
  ]
}

/** The names of the sinks through which a thing gives a canary away. */
export function sinksWith(thing: unknown): readonly string[] {
  return sinks.filter(({ write }) => holdsCanary(textOf(write, thing))).map(({ name }) => name)
}

function textOf(write: (thing: unknown) => string, thing: unknown): string {
  try {
    return write(thing)
  } catch (error) {
    // A sink that cannot take a thing says so, and its error is printed as well.
    return String(error)
  }
}
