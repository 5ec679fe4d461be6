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

/** Where a value or the token was visible: each thing with its sink. */
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
  // There may be thousands of events. They are plain data, so JSON is enough for all but the last.
  return [...new Set(holdsCanary(JSON.stringify(events)) ? [...found, 'events: JSON'] : found)]
}

/** Whether a thing is neither empty nor looked at before; most are one of the two. */
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
    // The error of a sink that cannot take a thing is printed too, so it must not leak either.
    return String(error)
  }
}
