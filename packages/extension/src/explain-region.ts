import type { Outcome, Reference } from '@secrets-cache/core'
import { explain, regionOf } from '@secrets-cache/core/internal'

/** Says of a failure that the layer or the agent asks in another Region than the ARN names: that may be its cause. */
export function explainRegion(outcome: Outcome, { id }: Reference, environment: NodeJS.ProcessEnv): Outcome {
  if (outcome.ok || !/^(REFUSED|NOT_FOUND|ACCESS_DENIED|INVALID_REQUEST)$/.test(outcome.error.code))
    return outcome
  const named = regionOf(id)
  const asked = environment['AWS_REGION']
  if (named === undefined || asked === undefined || named === asked) return outcome
  const reason = `its ARN is of ${named}, and ${outcome.error.source ?? 'it'} asks in ${asked}`
  const remedy = `Use direct() or sdk(), which ask for each ARN in its own Region, or replicate it to ${asked}. ${outcome.error.remedy}`
  return { ok: false, error: explain(outcome.error, reason, remedy) }
}
