import type { FetchContext, Outcome, RawValue, Reference, SecretsEvent, Source } from '@secrets-cache/core'
import { type Local, type LocalOptions, startLocal } from '@secrets-cache/local'
import { type DirectOptions, direct } from '../src/index.ts'
import { closeLater } from './close-started.ts'

/** Part of every key, token and value: nothing that is printed may hold it. */
export const canary = 'CANARY-5f0c2d'

export const newDirect = (options: DirectOptions = {}): Source => direct(options)

/** Points the source at an endpoint, as a function's environment does. */
export function useEndpoint(url: string): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'AKIACANARY',
    AWS_SECRET_ACCESS_KEY: `${canary}-key`,
    AWS_SESSION_TOKEN: `${canary}-token`,
  })
}

export async function startAccount(options: LocalOptions): Promise<Local> {
  const local = await startLocal(options)
  closeLater(() => local.close())
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

export const told = (): Told => ({ events: [], retries: [] })

export function contextOf(heard: Told = told(), signal = AbortSignal.timeout(5_000)): FetchContext {
  return {
    signal,
    fresh: false,
    onRetry: ({ id }, { code }) => heard.retries.push(`${id} ${code}`),
    emit: (type, describe) => heard.events.push({ type, ...describe() } as unknown as SecretsEvent),
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
