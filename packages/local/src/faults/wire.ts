import type { LocalRequest, LocalResponse } from '../http.ts'
import { notReady, opaque } from '../layer/refusals.ts'
import type { Pauses } from '../pauses.ts'
import type { Meeting, Plan } from './plan.ts'

export type Wire = ReturnType<typeof createWire>

/** Calls `proceed` for a request, or plays the fault that applies to it. */
export const createWire =
  (plan: Plan, pauses: Pauses) =>
  async (
    request: LocalRequest,
    meeting: Meeting,
    proceed: () => Promise<LocalResponse>,
  ): Promise<{ readonly answer: LocalResponse; readonly played?: string }> => {
    const slow = plan.take(['slow'], meeting)
    if (slow) await pauses.wait(slow.delay)
    if (meeting.face === 'layer') {
      const refusal = plan.take(['notReady', 'opaque'], meeting)
      if (refusal) return { answer: refusal.kind === 'opaque' ? opaque() : notReady(), played: refusal.kind }
    }
    const fault = plan.take(['respond', 'hang', 'reset', 'garbage', 'truncate', 'drip'], meeting)
    if (!fault) return { answer: await proceed() }
    return { answer: await spoil(fault), played: fault.kind }

    async function spoil(met: NonNullable<typeof fault>): Promise<LocalResponse> {
      if (met.kind === 'respond') return met.answer(request)
      if (met.kind === 'drip') return { ...(await proceed()), delivery: met }
      // Half of a real answer.
      if (met.kind === 'truncate') return { ...(await proceed()), delivery: { kind: met.kind } }
      return { status: 0, delivery: { kind: met.kind } }
    }
  }
