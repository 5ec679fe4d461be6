import { subscribe } from 'node:diagnostics_channel'

/** Counts the sockets that are opened from now on. */
export function watchSockets(): { readonly count: () => number } {
  let count = 0
  const channels = ['net.client.socket', 'tracing:net.server.listen:asyncStart', 'udp.socket']
  for (const channel of channels) {
    subscribe(channel, () => {
      count += 1
    })
  }
  return { count: () => count }
}
