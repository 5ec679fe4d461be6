import { describe, expect, it } from '@jest/globals'
import { openClient } from '../src/undici-client.ts'
import { serve } from './helpers/index.ts'

describe('openClient', () => {
  it('may be destroyed before it was used', () => {
    expect(() => openClient('http://127.0.0.1:1').destroy()).not.toThrow()
  })

  it('closes its connection when it is destroyed', async () => {
    const { port, sockets, requests } = await serve(() => {})
    const client = openClient(`http://127.0.0.1:${port}`)
    const nothing = () => {}
    const failed = new Promise<void>((resolve) => {
      client.dispatch(
        {
          ...{ origin: `http://127.0.0.1:${port}`, path: '/', method: 'GET', headers: {} },
          ...{ headersTimeout: 0, bodyTimeout: 0 },
        },
        {
          ...{ onRequestStart: nothing, onResponseStart: nothing, onResponseData: nothing },
          ...{ onResponseEnd: nothing, onResponseError: () => resolve() },
        },
      )
    })
    while (requests.length === 0) await new Promise(setImmediate)
    client.destroy()
    await failed
    while (sockets.size > 0) await new Promise(setImmediate)
  })
})
