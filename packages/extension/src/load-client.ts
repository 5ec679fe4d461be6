import { rehearse } from './rehearse.ts'

/**
 * undici is loaded here and nowhere else: importing this package costs nothing of it. What fails here fails the request
 * that needs it.
 */
export const loadClient = () => import('./undici-client.ts')

/** The layer asks each of its two services for three values at a time; more would wait there. */
const earlyConnections = 6

let isNeeded = false

/** For a request: a rehearsal that has not begun by now would only delay it. */
export function loadNow(): ReturnType<typeof loadClient> {
  isNeeded = true
  return loadClient()
}

/**
 * Does at INIT what the first request would otherwise do: INIT has a whole processor, the invocation of a small function
 * a tenth of one. Once in a process. What fails here is not reported, because the first request meets it too.
 */
export async function warmUp(port: () => string, connections: number): Promise<void> {
  try {
    const { openPretended, connectEarly } = await loadClient()
    if (isNeeded) return
    isNeeded = true
    await rehearse(openPretended)
    connectEarly(Number(port()), Math.min(connections, earlyConnections))
  } catch {}
}
