import { request } from 'node:http'
import type { Kind, Written } from '../account/account.ts'
import type { ParameterInput, SecretInput } from '../account/values.ts'
import type { CallCounts } from '../calls.ts'
import { FAULT_NAMES, type FaultName, type Faults } from '../faults/faults.ts'
import type { FaultScope } from '../faults/plan.ts'
import type { LocalResponse } from '../http.ts'
import { LocalError } from '../local-error.ts'
import { encodeBytes } from './bytes.ts'
import { CONTROL_PATH } from './control-handler.ts'

/** The same faults as in-process, except that `respond` takes only data and `refuse` needs a duration. */
export type RemoteFaults = {
  readonly [Name in Exclude<FaultName, 'respond' | 'refuse'>]: (
    ...given: Parameters<Faults[Name]>
  ) => Promise<void>
} & {
  readonly respond: (answer: LocalResponse, scope?: FaultScope) => Promise<void>
  /** Resolves just before the port closes. */
  readonly refuse: (duration: { readonly milliseconds: number }) => Promise<void>
}

/** A stand-in that runs in another process. Its errors are the LocalErrors thrown there. */
export interface LocalClient {
  readonly url: string
  readonly environment: () => Promise<Readonly<Record<string, string>>>
  readonly rotate: (
    id: string,
    value: SecretInput | ParameterInput,
    choice?: { readonly kind?: Kind },
  ) => Promise<Written>
  readonly rotateToken: (token: string) => Promise<void>
  readonly putSecret: (id: string, value: SecretInput) => Promise<Written>
  readonly putParameter: (id: string, value: ParameterInput) => Promise<Written>
  readonly delete: (id: string, choice?: { readonly kind?: Kind }) => Promise<void>
  readonly label: (id: string, version: number, ...labels: readonly string[]) => Promise<void>
  readonly stage: (id: string, stage: string, versionId: string) => Promise<void>
  /** The counters at this moment. */
  readonly calls: () => Promise<CallCounts>
  readonly faults: RemoteFaults
  /** Empties the cache of the layer or the agent, as if every TTL had run out. */
  readonly forget: () => Promise<void>
  readonly reset: () => Promise<void>
  /** Ends the stand-in; its process ends with it. */
  readonly close: () => Promise<void>
}

/**
 * Connects to a stand-in that runs as its own process; `url` is in its `--json` line.
 * @example
 * const local = connectLocal(ready.url)
 * await local.rotate('prod/orders/db', { user: 'app', password: 'new' })
 */
export const connectLocal = (url: string): LocalClient => {
  const tell = async <Result>(command: string, ...given: readonly unknown[]): Promise<Result> =>
    (await post(new URL(CONTROL_PATH + command, url), JSON.stringify(given.map(encodeBytes)))) as Result
  const faults = Object.fromEntries(
    FAULT_NAMES.map((name) => [name, (...given: readonly unknown[]) => tell('faults', name, ...given)]),
  ) as unknown as RemoteFaults
  return {
    url,
    environment: () => tell('environment'),
    rotate: (id, value, choice = {}) => tell('rotate', id, value, choice),
    rotateToken: (token) => tell('rotateToken', token),
    putSecret: (id, value) => tell('putSecret', id, value),
    putParameter: (id, value) => tell('putParameter', id, value),
    delete: (id, choice = {}) => tell('delete', id, choice),
    label: (id, version, ...labels) => tell('label', id, version, ...labels),
    stage: (id, stage, versionId) => tell('stage', id, stage, versionId),
    calls: () => tell('calls'),
    faults,
    forget: () => tell('forget'),
    reset: () => tell('reset'),
    close: () => tell('close'),
  }
}

/** Uses a new connection each time, so that none keeps either process alive. */
const post = (url: URL, body: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const outgoing = request(url, { method: 'POST', headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        try {
          resolve(resultOf(JSON.parse(Buffer.concat(chunks).toString())))
        } catch (error) {
          reject(
            error instanceof LocalError
              ? error
              : new LocalError('CONTROL', `No stand-in answers at ${url.origin}.`),
          )
        }
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })

const resultOf = (answer: { result?: unknown; error?: Pick<LocalError, 'code' | 'message'> }): unknown => {
  if (answer.error) throw new LocalError(answer.error.code, answer.error.message)
  return answer.result ?? undefined
}
