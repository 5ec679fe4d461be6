import type { CacheEvent } from './inside/tell.ts'

/** Milliseconds in which events are gathered, so that many make one request. */
const GATHERED = 100
/** What the page takes at once. */
const MOST = 1000

export type PostEvents = ReturnType<typeof createPostEvents>

/** Shows the function's events in the stand-in's page; `address` is `local.page`, undefined without one. */
export const createPostEvents = (address: string | undefined) => {
  let events: object[] = []

  const post = async (page: string): Promise<void> => {
    const { origin, hash } = new URL(page)
    const body = JSON.stringify({ events: events.slice(-MOST) })
    events = []
    const headers = {
      'content-type': 'application/json',
      'x-secrets-cache-page': hash.slice('#token='.length),
    }
    // A page that misses some events harms nobody: the stand-in may have been told to refuse connections.
    await fetch(`${origin}/_local/page/heard`, { method: 'POST', headers, body }).catch(() => {})
  }

  return (event: CacheEvent): void => {
    if (address === undefined) return
    if (events.length === 0) setTimeout(post, GATHERED, address).unref()
    events.push({ ...event, at: Date.now() })
  }
}
