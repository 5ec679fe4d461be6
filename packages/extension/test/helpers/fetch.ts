import type { Outcome, Reference, SecretsCacheError } from '@secrets-cache/core'
import { extension } from '../../src/index.ts'

export const token = 'IQoJb3JpZ2luX2VjEXAMPLE+/token=='

/** A source for one port, with a token and no variable of this machine. */
export function source(port: number, options: Parameters<typeof extension>[0] = {}) {
  return extension({ port, token: () => token, environment: {}, ...options })
}

export function secret(id: string, selector: { stage?: string; versionId?: string } = {}): Reference {
  return { kind: 'secret', id, ...selector }
}

export function parameter(
  id: string,
  selector: { version?: number; label?: string; decrypt?: boolean } = {},
): Reference {
  return { kind: 'parameter', id, decrypt: false, ...selector }
}

interface Asked {
  signal?: AbortSignal
  fresh?: boolean
  onRetry?: (reference: Reference, error: SecretsCacheError) => void
}

/** All outcomes of one fetch, settled. */
export async function fetchAll(
  from: ReturnType<typeof extension>,
  references: readonly Reference[],
  { signal = new AbortController().signal, fresh = false, onRetry = () => {} }: Asked = {},
): Promise<Outcome[]> {
  return Promise.all(await from.fetch(references, { signal, fresh, onRetry, emit: () => {} }))
}

/** The outcome of one reference. */
export async function fetchOne(from: ReturnType<typeof extension>, reference: Reference, asked?: Asked) {
  const [outcome] = await fetchAll(from, [reference], asked)
  return outcome as Outcome
}

/** The error of one reference; a value is the test's failure. */
export async function failureOf(from: ReturnType<typeof extension>, reference: Reference, asked?: Asked) {
  const outcome = await fetchOne(from, reference, asked)
  if (outcome.ok) throw new Error('expected a failure')
  return outcome.error
}
