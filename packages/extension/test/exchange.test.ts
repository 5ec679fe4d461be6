import { describe, expect, it } from '@jest/globals'
import type { DispatchHandler } from '../src/dispatcher.ts'
import { codeOf, exchange } from '../src/exchange.ts'
import { isLost } from '../src/failure.ts'

const request = { origin: 'http://127.0.0.1:1', path: '/', headers: {} }
const { signal } = new AbortController()

/** Runs an exchange whose dispatcher does what `play` does with the handler. */
const over = (play: (handler: DispatchHandler) => void, when = signal) =>
  exchange(
    {
      dispatch: (_, handler) => {
        play(handler)
        return true
      },
    },
    request,
    when,
  )

const controller = () => {
  const reasons: string[] = []
  return { abort: (reason: Error) => reasons.push(reason.message), reasons }
}

describe('exchange', () => {
  it('fails with the code of what the dispatcher throws', async () => {
    const failing = over(() => {
      throw Object.assign(new Error('CANARY'), { code: 'UND_ERR_CLOSED' })
    })
    expect(await failing).toEqual({ fault: 'failed', code: 'UND_ERR_CLOSED', begun: false })
  })

  it('takes an answer that says it is as long as any may be', async () => {
    const answered = over((handler) => {
      const own = controller()
      handler.onRequestStart(own, undefined)
      handler.onResponseStart(own, 200, { 'content-length': String(1024 * 1024) })
      handler.onResponseData(own, Buffer.from('{}'))
      handler.onResponseEnd(own, {})
    })
    expect(await answered).toEqual({ status: 200, body: Buffer.from('{}') })
  })

  it('ends a request that only starts when nobody waits for it any more', async () => {
    const abort = new AbortController()
    let start: DispatchHandler | undefined
    const aborted = over((handler) => {
      start = handler
    }, abort.signal)
    abort.abort()
    expect(await aborted).toEqual({ fault: 'aborted' })
    const own = controller()
    start?.onRequestStart(own, undefined)
    expect(own.reasons).toEqual(['aborted'])
  })
})

describe('codeOf', () => {
  it.each<[unknown, string | undefined]>([
    [{ code: 'ECONNRESET' }, 'ECONNRESET'],
    [{ name: 'HTTPParserError' }, 'HTTP_PARSER'],
    [{ code: 'xECONNRESET' }, undefined],
    [{ code: 'ECONNRESETx' }, undefined],
    [{ code: { toString: () => 'ECONNRESET' } }, undefined],
    [undefined, undefined],
  ])('tells of %j %j', (error, code) => {
    expect(codeOf(error)).toBe(code)
  })
})

describe('isLost', () => {
  it.each([
    [{ status: 200, body: Buffer.alloc(0) }, false],
    [{ fault: 'failed', code: 'ECONNRESET' }, true],
    [{ fault: 'failed', code: 'EPIPE' }, true],
    [{ fault: 'failed', code: 'HTTP_PARSER', begun: true }, true],
    [{ fault: 'failed', code: 'HTTP_PARSER', begun: false }, false],
    [{ fault: 'failed', code: 'UND_ERR_BODY_TIMEOUT', begun: true }, false],
    [{ fault: 'aborted' }, false],
  ] as const)('finds %j to be %j', (reply, expected) => {
    expect(isLost(reply)).toBe(expected)
  })
})
