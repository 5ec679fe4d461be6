import { type FetchContext, type Reference, TimeoutError } from '@secrets-cache/core'

/** What the layer sends at a time to each service, where its variable says nothing else. */
const layerConnections = 3

interface Sending {
  readonly isAgent: boolean
  /** How many requests are sent at a time from here. */
  readonly connections: number
  readonly environment: NodeJS.ProcessEnv
}

/** Tells what a reader waits for whose time runs out, where more time, or fewer requests, is what helps. */
export function tellWaiting(
  references: readonly Reference[],
  { onWait }: FetchContext,
  { isAgent, connections, environment }: Sending,
): void {
  if (!onWait || !(isAgent || references.length > connections)) return
  const error = isAgent ? agentAnswersLate() : manyRequests(references.length, connections, environment)
  for (const reference of references) onWait(reference, error)
}

function agentAnswersLate(): TimeoutError {
  return new TimeoutError({
    reason: 'the agent had not answered',
    remedy:
      'The agent asks AWS up to three times by itself, for 1 to 2.2 s, before it answers: ' +
      'allow 4 s (timeoutMilliseconds: 4000) and the function more than that. Its log says why it asked again.',
  })
}

function manyRequests(count: number, connections: number, environment: NodeJS.ProcessEnv): TimeoutError {
  const variable = 'PARAMETERS_SECRETS_EXTENSION_MAX_CONNECTIONS'
  const most = environment[variable] || layerConnections
  return new TimeoutError({
    reason: `${count} requests were under way`,
    remedy:
      `The layer has no batch: ${count} values are ${count} requests, ${connections} at a time from here and ` +
      `${most} at a time from the layer to each service. Raise ${variable}, or ` +
      'use direct() or sdk(), which ask for 10 parameters or 20 secrets in one call; else raise timeoutMilliseconds.',
  })
}
