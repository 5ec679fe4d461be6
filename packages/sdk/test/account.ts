import { devNull } from 'node:os'
import type { FetchContext, Outcome, RawValue, Reference, SecretsEvent, Source } from '@secrets-cache/core'
import { type Local, type LocalOptions, startLocal } from '@secrets-cache/local'
import { type SdkOptions, sdk } from '../src/index.ts'

/** Stands in every credential and value: nothing that is printed may hold it. */
export const canary = 'CANARY-5f0c2d'

let regions = 0

/** A source with clients of its own: those of an earlier test may remember things of a port that is used again. */
export function newSdk(options: SdkOptions = {}): Source {
  return sdk({ region: `test-${++regions}`, ...options })
}

/** Points the SDK at an endpoint, as a function's environment does. */
export function useEndpoint(url: string): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'AKIACANARY',
    AWS_SECRET_ACCESS_KEY: canary,
    AWS_SESSION_TOKEN: canary,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  })
}

export async function startAccount(options: LocalOptions): Promise<Local> {
  const local = await startLocal(options)
  useEndpoint(local.url)
  return local
}

export const secret = (id: string, more: object = {}): Reference => ({ kind: 'secret', id, ...more })
export const parameter = (id: string, more: object = {}): Reference => ({
  kind: 'parameter',
  id,
  decrypt: true,
  ...more,
})
export const tree = (id: string, more: object = {}): Reference => ({
  kind: 'tree',
  id,
  recursive: true,
  decrypt: true,
  ...more,
})

export interface Told {
  readonly events: SecretsEvent[]
  readonly retries: string[]
}

export function contextOf(
  told: Told = { events: [], retries: [] },
  signal = AbortSignal.timeout(5_000),
): FetchContext {
  return {
    signal,
    fresh: false,
    onRetry: ({ id }, { code }) => told.retries.push(`${id} ${code}`),
    emit: (type, describe) => told.events.push({ type, ...describe() } as unknown as SecretsEvent),
  }
}

export async function ask(
  source: Source,
  references: readonly Reference[],
  context = contextOf(),
): Promise<readonly Outcome[]> {
  return Promise.all(await source.fetch(references, context))
}

/** What became of each reference, short: its value, or the code of its error. */
export async function read(
  source: Source,
  references: readonly Reference[],
  context?: FetchContext,
): Promise<readonly (RawValue | { readonly code: string })[]> {
  const outcomes = await ask(source, references, context)
  return outcomes.map((outcome) => (outcome.ok ? outcome.value : { code: outcome.error.code }))
}

/** Numbers from 0 up. */
export const count = (length: number): readonly number[] => Array.from({ length }, (_, index) => index)
