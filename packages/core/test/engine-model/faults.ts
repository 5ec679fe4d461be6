/** A fault of one line: where, what stands there, and what would be wrong. */
export interface Fault {
  readonly name: string
  readonly file: string
  readonly line: string
  readonly faulty: string
  /** What finds it: the model of the engine, or the example of a view that outlives what it shows. */
  readonly by?: 'view'
}

/** Faults that caches have had, each as small as it was. */
export const faults: readonly Fault[] = [
  {
    name: 'an older value is served without bound',
    file: 'state.ts',
    line: "if (!isRefusedSince && within(age, fresh + times.usableFor)) return 'grace'",
    faulty: "if (!isRefusedSince) return 'grace'",
  },
  {
    name: 'a value from the future is fresh',
    file: 'state.ts',
    line: 'export const within = (elapsed: number, span: number) => elapsed >= 0 && elapsed < span',
    faulty: 'export const within = (elapsed: number, span: number) => elapsed < span',
  },
  {
    name: 'the boundary belongs to both sides',
    file: 'state.ts',
    line: 'export const within = (elapsed: number, span: number) => elapsed >= 0 && elapsed < span',
    faulty: 'export const within = (elapsed: number, span: number) => elapsed >= 0 && elapsed <= span',
  },
  {
    name: 'what was refused for good is served stale',
    file: 'state.ts',
    line: 'const isRefusedSince = stamps.seq < stamps.floor',
    faulty: 'const isRefusedSince = false',
  },
  {
    name: 'a load that hangs is live for ever',
    file: 'state.ts',
    line: 'return flight !== undefined && within(now - flight.startedAt, limits.loadTimeout)',
    faulty: 'return flight !== undefined',
  },
  {
    name: 'there is no backoff',
    file: 'state.ts',
    line: 'return stamps.failures > 0 && within(now - stamps.failedAt, stamps.delay)',
    faulty: 'return false',
  },
  {
    name: 'a failure poisons the entry',
    file: 'state.ts',
    line: 'return stamps.failures > 0 && within(now - stamps.failedAt, stamps.delay)',
    faulty: 'return stamps.failures > 0',
  },
  {
    name: 'the backoff has no end to its growth',
    file: 'backoff.ts',
    line: 'const whole = Math.min(limits.backoffMax, limits.backoffBase * 2 ** (failures - 1))',
    faulty: 'const whole = limits.backoffBase * 2 ** (failures - 1)',
  },
  {
    name: 'a forced load starts beside the one that runs',
    file: 'cache.ts',
    line: 'return entry.flight\n  }',
    faulty: 'return undefined\n  }',
  },
  {
    name: 'a value is stamped with the end of its load',
    file: 'cache.ts',
    line: 'entry.loadedAt = flight.startedAt',
    faulty: 'entry.loadedAt = clock.now()',
  },
  {
    name: 'a failure makes the older value young again',
    file: 'cache.ts',
    line: 'entry.failedAt = failedAt',
    faulty: 'entry.failedAt = failedAt; entry.loadedAt = failedAt',
  },
  {
    name: 'an older load brings back its value',
    file: 'cache.ts',
    line: 'if (flight.seq < entry.floor) return',
    faulty: '',
  },
  {
    name: 'a success does not end the failures',
    file: 'cache.ts',
    line: 'entry.failures = 0\n    entry.error = undefined\n    changeEpoch()',
    faulty: 'entry.error = undefined\n    changeEpoch()',
  },
  {
    name: 'the error of a superseded load counts',
    file: 'cache.ts',
    line: '} else if (isCurrent) {',
    faulty: '} else if (flight) {',
  },
  {
    name: 'a permanent error leaves no floor',
    file: 'cache.ts',
    line: 'if (!outcome.error.transient) refuseUpTo(entry, flight.seq)',
    faulty: '',
  },
  {
    name: 'an abandoned load is no failure',
    file: 'cache.ts',
    line: 'fail(entry, flight, timeoutOf(flight), flight.startedAt + limits.loadTimeout, emit)',
    faulty: '',
  },
  {
    name: 'an abandoned load failed when somebody looked',
    file: 'cache.ts',
    line: 'fail(entry, flight, timeoutOf(flight), flight.startedAt + limits.loadTimeout, emit)',
    faulty: 'fail(entry, flight, timeoutOf(flight), clock.now(), emit)',
  },
  {
    name: 'the waiters of an abandoned load hang',
    file: 'cache.ts',
    line: "fail(entry, flight, timeoutOf(flight), flight.startedAt + limits.loadTimeout, emit)\n    flight.land({ status: 'superseded' })",
    faulty: 'fail(entry, flight, timeoutOf(flight), flight.startedAt + limits.loadTimeout, emit)',
  },
  {
    name: 'a refresh queued on an abandoned load hangs',
    file: 'cache.ts',
    line: "flight.land({ status: 'superseded' })\n    startSuccessor(entry, flight)\n  }\n\n  function startSuccessor",
    faulty: "flight.land({ status: 'superseded' })\n  }\n\n  function startSuccessor",
  },
  {
    name: 'a refresh queued on a load hangs when that ends',
    file: 'cache.ts',
    line: "flight.land({ status: 'failed', error: outcome.error })\n    }\n    if (isCurrent) startSuccessor(entry, flight)",
    faulty: "flight.land({ status: 'failed', error: outcome.error })\n    }",
  },
  {
    name: 'a clear lets the past back in',
    file: 'cache.ts',
    line: 'refuseUpTo(entry, ++lastSeq)',
    faulty: '',
  },
  {
    name: 'a forced refresh joins the load that runs',
    file: 'refresh.ts',
    line: 'if (flight.isForced && flight.seq > since) return flight',
    faulty: 'return flight',
  },
  {
    name: 'each refresh has a successor of its own',
    file: 'refresh.ts',
    line: 'flight.successor ??= { ...landable(), emit }',
    faulty: 'flight.successor = { ...landable(), emit }',
  },
  {
    name: 'the minimum interval does not notice a step back of the clock',
    file: 'refresh.ts',
    line: 'if (within(now - entry.forcedAt, limits.minimumRefreshInterval))',
    faulty: 'if (now - entry.forcedAt < limits.minimumRefreshInterval)',
  },
  {
    name: 'a conditional refresh ignores the backoff',
    file: 'refresh.ts',
    line: 'if (isBackingOff(entry, now))',
    faulty: 'if (false)',
  },
  {
    name: 'a conditional refresh returns the rejected value',
    file: 'refresh.ts',
    line: 'if (!held || isSameHeld(held, rejected)) return undefined',
    faulty: 'if (!held) return undefined',
  },
  {
    name: 'a stale value is served and nothing is loaded',
    file: 'serve.ts',
    line: "return (state === 'stale' || state === 'grace') && !isBackingOff(entry, cache.clock.now())",
    faulty: "return state === 'grace' && !isBackingOff(entry, cache.clock.now())",
  },
  {
    name: 'a failed load is an error although a value is within its bounds',
    file: 'serve.ts',
    line: 'return isUsable(lookAt(slot, by))\n    ?',
    faulty: 'return false\n    ?',
  },
  {
    name: 'a prepared view has no end',
    file: 'serve.ts',
    line: 'until: loadedAt + freshFor(draw, reader.times, by.cache.limits)',
    faulty: 'until: Number.POSITIVE_INFINITY',
  },
  {
    name: 'a wait leaves its timers behind',
    file: 'collect.ts',
    line: '} finally {\n    end()\n  }',
    faulty: '} finally {\n  }',
  },
  {
    name: 'a wait has no end',
    file: 'wait.ts',
    line: 'whole: (promise) => Promise.race([promise, whole.start()])',
    faulty: 'whole: (promise) => promise',
  },
  {
    name: 'a request leaves its timer behind',
    file: 'call-source.ts',
    line: 'if (--unanswered === 0) cancel()',
    faulty: 'unanswered--',
  },
  {
    name: 'a late timer gives no grace for ever',
    file: 'deadline.ts',
    line: 'cancel = clock.after(limits.graceMilliseconds, onExpired)',
    faulty: 'clock.after(limits.graceMilliseconds, () => {})',
  },
  {
    name: 'a prepared view outlives a refresh',
    file: 'cache.ts',
    line: 'entry.error = undefined\n    changeEpoch()',
    faulty: 'entry.error = undefined',
    by: 'view',
  },
  {
    name: 'a view prepared while a key was refreshed outlives that',
    file: 'create-secrets.ts',
    line: 'servings.every(isStillHeld)',
    faulty: 'servings.every(Boolean)',
    by: 'view',
  },
]
