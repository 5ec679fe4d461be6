import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { askedAgain, sources, start, startAccount } from './start.ts'

describe.each(sources)('a function over %s, whose backend goes away', (source) => {
  it('serves the older value, also when a foreign program takes the port, and the newer when it is back', async () => {
    const { local, lambda } = await start(source, { maxAge: 0 })
    expect(await lambda.invoke()).toEqual({ db: 'value 1' })
    await local.close()
    expect(await lambda.invoke()).toEqual({ db: 'value 1' })

    let callers = 0
    const foreign = createServer((socket) => {
      callers++
      socket.on('error', () => {}).end('220 mail ready\r\n')
    }).listen(local.port, '127.0.0.1')
    await once(foreign, 'listening')
    while (callers === 0) {
      expect(await lambda.invoke()).toEqual({ db: 'value 1' })
      await sleep(20)
    }
    foreign.close()

    const back = await startAccount(local.port)
    back.rotate('prod/db', 'value 2')
    let answer = await lambda.invoke()
    // After each failure the cache pauses before it asks again.
    while (answer.db === 'value 1') {
      await sleep(20)
      answer = await lambda.invoke()
    }
    expect(answer).toEqual({ db: 'value 2' })
  })

  it('ends by itself with a refresh in flight', async () => {
    const { local, lambda } = await start(source, { maxAge: 0, staleWhileRevalidate: 60 })
    expect(await lambda.invoke()).toEqual({ db: 'value 1' })
    local.faults.hang()
    const asked = askedAgain(local)
    expect(await lambda.invoke()).toEqual({ db: 'value 1' })
    await asked
    expect(await lambda.shutDown()).toBe(0)
  })
})
