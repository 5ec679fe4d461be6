/** AWS's throttle: `perSecond` tokens come in each second, at most `burst` lie ready; it starts full. */
export const createTokenBucket = (perSecond: number, burst: number, now: () => number) => {
  let tokens = burst
  let filledAt = now()

  /** False when there was none to take. */
  return (): boolean => {
    const elapsed = Math.max(0, now() - filledAt) / 1000
    filledAt = now()
    tokens = Math.min(burst, tokens + elapsed * perSecond)
    if (tokens < 1) return false
    tokens--
    return true
  }
}
