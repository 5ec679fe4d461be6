import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { askedAgain, sources, startBehindProxy } from './start.ts'

// SIGSTOP plays Lambda's freeze; only Linux has the /proc that shows when the process has stopped.
const onLinux = process.platform === 'linux' ? describe : describe.skip

const ends = ['FIN', 'RST'] as const
/** Every invocation must get the newest value. */
const alwaysNewest = { maxAge: 0, staleIfError: 0 }

onLinux.each(sources)('a function over %s', (source) => {
  it('serves after each freeze, however and whenever its connections were ended, also while it asked', async () => {
    const { local, proxy, lambda } = await startBehindProxy(source, alwaysNewest)
    expect(await lambda.invoke()).toEqual({ db: 'value 1' })
    let version = 1
    for (const how of ends) {
      for (const isInvokedFirst of [false, true]) {
        await lambda.freeze()
        local.rotate('prod/db', `value ${++version}`)
        const before = isInvokedFirst ? lambda.invoke() : undefined
        proxy.end(how)
        const answer = before ?? lambda.invoke()
        lambda.thaw()
        expect([how, isInvokedFirst, await answer]).toEqual([how, isInvokedFirst, { db: `value ${version}` }])
      }
    }

    // Frozen in the middle of a request.
    for (const how of ends) {
      local.faults.hang({ times: 1 })
      const asked = askedAgain(local)
      const answer = lambda.invoke()
      await asked
      await lambda.freeze()
      local.rotate('prod/db', how)
      proxy.end(how)
      lambda.thaw()
      expect(await answer).toEqual({ db: how })
    }
    // The answer arrives during the freeze, and the load's deadline has passed when the process continues. The SDK's own
    // timeout, 1.5 s, has not passed: with that the SDK would ask again.
    local.faults.slow(300)
    const asked = askedAgain(local)
    const answer = lambda.invoke(800)
    await asked
    await lambda.freeze()
    await sleep(900)
    lambda.thaw()
    expect(await answer).toEqual({ db: 'RST' })
  })

  it('counts the time for which it was frozen', async () => {
    const { local, lambda } = await startBehindProxy(source, { maxAge: 0.3, staleIfError: 0.3 })
    expect(await lambda.invoke()).toEqual({ db: 'value 1' })
    local.rotate('prod/db', 'value 2')
    local.faults.status(500)
    await lambda.freeze()
    await sleep(700)
    lambda.thaw()
    // Past maxAge and staleIfError it fails; the cached value is not served.
    expect(await lambda.invoke()).toEqual({ code: 'SERVICE_FAILED' })
  })
})
