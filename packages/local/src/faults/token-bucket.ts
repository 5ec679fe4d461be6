/** AWS's throttle: it gains `perSecond` tokens each second, holds at most `burst`, and starts full. */
export const createTokenBucket = (perSecond: number, burst: number, now: () => number) => {
  let tokens = burst
  let filledAt = now()

  /** Takes a token; false when there is none. */
  return (): boolean => {
    const elapsed = Math.max(0, now() - filledAt) / 1000
    filledAt = now()
    tokens = Math.min(burst, tokens + elapsed * perSecond)
    if (tokens < 1) return false
    tokens--
    return true
  }
}
