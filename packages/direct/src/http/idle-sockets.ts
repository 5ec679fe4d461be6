import type { Agent } from 'node:http'

/** A connection that was not used for so long is most likely dead, or will be with the next packet. Milliseconds. */
const longestIdle = 30_000

const lastUsed = new WeakMap<Agent, Map<string, number>>()

/**
 * Closes the connections to a host that were idle for too long. A process that was frozen may hold some that the other
 * side, or a NAT gateway between, has forgotten: no error would tell, and a request would wait for nothing.
 */
export function closeOldSockets(agent: Agent, host: string): void {
  const at = lastUsed.get(agent)?.get(host)
  if (at !== undefined && Date.now() - at > longestIdle) closeIdleSockets(agent, host)
}

/** Closes all idle connections to a host: where one was dead, the others are too. */
export function closeIdleSockets(agent: Agent, host: string): void {
  for (const [name, sockets] of Object.entries(agent.freeSockets ?? {})) {
    if (name.startsWith(`${host}:`)) for (const socket of sockets ?? []) socket.destroy()
  }
}

export function markUsed(agent: Agent, host: string): void {
  const hosts = lastUsed.get(agent) ?? new Map<string, number>()
  lastUsed.set(agent, hosts.set(host, Date.now()))
}
