import { createSecrets, isSecretsCacheError, type RawValue, type Source } from '@secrets-cache/core'
import type { DeclaredKey, RegisteredReader } from '@secrets-cache/core/internal'
import { createCache } from '@secrets-cache/core/testing'
import { referenceId } from '../../functions/reference-id.ts'
import type { Answer, KeyResult } from '../report.ts'

/** Reads each declared key of which there is an answer as its handler would: format, then schema. */
export async function readValues(
  registry: readonly RegisteredReader[],
  answers: readonly Answer[],
): Promise<readonly KeyResult[]> {
  const known = new Map(answers.map((answer) => [answer.reference, answer]))
  const results: KeyResult[] = []
  for (const key of registry.flatMap(({ keys }) => keys)) {
    const answer = known.get(referenceId(key.reference))
    if (answer) results.push(await readKey(key, answer))
  }
  return results
}

async function readKey(key: DeclaredKey, answer: Answer): Promise<KeyResult> {
  const about = { view: key.view, key: key.key, id: key.reference.id, reference: answer.reference }
  try {
    const declared = { [key.view]: { [key.key]: key.declared } }
    const settings = { cache: createCache(), prefetch: false, timeoutMilliseconds: 5_000 }
    await createSecrets({ source: answering(answer), ...settings, ...declared }).read()
    return { ...about, code: undefined, reason: undefined, remedy: undefined }
  } catch (thrown) {
    // A foreign error may hold the value.
    if (!isSecretsCacheError(thrown)) {
      return { ...about, code: 'UNKNOWN', reason: 'it cannot be read', remedy: undefined }
    }
    const { code, reason, remedy } = thrown
    return { ...about, code, reason, remedy }
  }
}

function answering({ value, version }: Answer): Source {
  const raw = 'raw' in value ? (value.raw as RawValue) : new Uint8Array(Buffer.from(value.base64, 'base64'))
  return { name: 'aws', identity: 'aws', fetch: () => [{ ok: true, value: raw, version }] }
}
