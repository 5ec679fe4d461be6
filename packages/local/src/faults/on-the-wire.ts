import type { LocalRequest, LocalResponse } from '../http.ts'
import type { Add } from './add.ts'
import { least } from './least.ts'
import type { FaultScope } from './plan.ts'

/** Faults of the connection and of the response. */
export const faultsOnTheWire = (add: Add) => {
  const respondWith = (
    name: 'status' | 'respond' | 'redirect' | 'hugeBody',
    detail: string,
    answer: (request: LocalRequest) => LocalResponse,
    scope?: FaultScope,
  ) => add({ kind: 'respond', name, detail, answer }, scope)

  return {
    /** Delays answers by so many milliseconds; can be combined with other faults. */
    slow: (milliseconds: number, scope?: FaultScope) =>
      add({ kind: 'slow', delay: least('milliseconds', milliseconds, 0) }, scope),
    /** No answer, ever; the connection stays open. */
    hang: (scope?: FaultScope) => add({ kind: 'hang' }, scope),
    /** The body comes byte by byte. */
    drip: ({
      intervalMilliseconds = 20,
      ...scope
    }: FaultScope & { readonly intervalMilliseconds?: number } = {}) =>
      add({ kind: 'drip', interval: least('intervalMilliseconds', intervalMilliseconds, 1) }, scope),
    /** The connection ends after half of the body that Content-Length announces. */
    truncate: (scope?: FaultScope) => add({ kind: 'truncate' }, scope),
    /** The connection is reset (RST) instead of answered. */
    reset: (scope?: FaultScope) => add({ kind: 'reset' }, scope),
    /** Bytes that are not HTTP, as when another program uses the port. */
    garbage: (scope?: FaultScope) => add({ kind: 'garbage' }, scope),
    /** This status and text. */
    status: (code: number, body = '', scope?: FaultScope) => {
      const answer = { status: least('status', code, 200), headers: { 'content-type': 'text/plain' }, body }
      return respondWith('status', String(code), () => answer, scope)
    },
    /** This answer, or the result of a function of the request. */
    respond: (answer: LocalResponse | ((request: LocalRequest) => LocalResponse), scope?: FaultScope) =>
      respondWith('respond', '', typeof answer === 'function' ? answer : () => answer, scope),
    /** A redirect. No client may follow it, because it would send its token along. */
    redirect: (location: string, scope?: FaultScope) =>
      respondWith('redirect', `to ${location}`, () => ({ status: 302, headers: { location } }), scope),
    /** Valid JSON, far larger than any secret. */
    hugeBody: ({ bytes = 4_194_304, ...scope }: FaultScope & { readonly bytes?: number } = {}) =>
      respondWith(
        'hugeBody',
        `${bytes} bytes`,
        () => {
          const body = JSON.stringify({ SecretString: 'x'.repeat(bytes) })
          return { status: 200, headers: { 'content-type': 'application/json' }, body }
        },
        scope,
      ),
  }
}
