import type { Channel } from 'node:diagnostics_channel'
import { isThenable, promiseOf } from './thenable.ts'

type Listener = (event: unknown, name: string) => unknown

const running = new Set<Listener>()
const warned = /* @__PURE__ */ new WeakSet<Listener>()

/**
 * Calls a listener so that it cannot harm the handler: what it throws, or rejects with, becomes one warning. Its
 * error may hold anything, so it is not shown. A listener that is running is not called again: one that reads inside
 * a `hit` would otherwise never end.
 */
export function deliver(listener: Listener, event: unknown, name: string): void {
  if (running.has(listener)) return
  running.add(listener)
  try {
    const result = listener(event, name)
    if (isThenable(result)) promiseOf(result).then(undefined, () => warnOf(listener))
  } catch {
    warnOf(listener)
  } finally {
    running.delete(listener)
  }
}

/**
 * Publishes on a channel. Node's own `publish` turns what a subscriber throws into an uncaught exception, which ends
 * the process; so each subscriber is called from here, where Node still keeps them in an array.
 */
export function publish(channel: Channel, event: unknown): void {
  const { _subscribers: subscribers } = channel as { readonly _subscribers?: unknown }
  if (!Array.isArray(subscribers)) {
    channel.publish(event)
    return
  }
  for (const subscriber of [...subscribers]) deliver(subscriber, event, String(channel.name))
}

/** Once for each listener. */
function warnOf(listener: Listener): void {
  if (warned.has(listener)) return
  warned.add(listener)
  process.emitWarning('a listener of events failed; the event was lost', 'SecretsCacheWarning')
}
