import { workerEnvironment } from 'example-load-test/load'
import { type Subject, urlOf } from '../handlers/index.ts'
import type { Invoked } from './worker.ts'

export interface Setting {
  readonly secrets: number
  readonly parameters: number
  readonly maxAge?: number
  readonly staleWhileRevalidate?: number
}

/** The environment variables from which a handler reads its setting. */
export function settingVariables({ secrets, parameters, maxAge, staleWhileRevalidate }: Setting) {
  return {
    SECRETS: String(secrets),
    PARAMETERS: String(parameters),
    MAX_AGE: String(maxAge ?? 300),
    STALE_WHILE_REVALIDATE: String(staleWhileRevalidate ?? 0),
  }
}

/** Starts an execution environment of a handler: a thread of its own. */
export async function startEnvironment(
  subject: Subject,
  setting: Setting,
  variables: Readonly<Record<string, string>>,
) {
  const environment = await workerEnvironment(new URL('worker.ts', import.meta.url), {
    ...variables,
    ...settingVariables(setting),
    HANDLER: urlOf(subject),
  })
  return {
    invoke: () => environment.invoke({}) as Promise<Invoked>,
    passSeconds: (passSeconds: number) => environment.invoke({ passSeconds }),
    [Symbol.asyncDispose]: async () => void (await environment.close()),
  }
}
