import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Local, startLocal } from '../../src/index.ts'
import type { Update } from '../../src/page/messages.ts'
import { askLayer } from '../ask.ts'
import { askPage, tellPage, updates, updateWhere } from './ask-page.ts'

const CANARY = 'canary-of-the-feed'

let local: Local
let stream: AsyncGenerator<Update>
beforeEach(async () => {
  local = await startLocal({ secrets: { a: CANARY, j: { b: CANARY } }, parameters: { '/p': CANARY } })
  stream = updates(local)
})
afterEach(async () => {
  await stream.return(undefined)
  await local.close()
})

describe('the stream of the page', () => {
  it('begins with everything, and no value', async () => {
    local.faults.slow(5, { ids: '/p', times: 3 })
    await askLayer(local.url, '/secretsmanager/get?secretId=a')
    const first = await updateWhere(stream, () => true)
    expect(first).toMatchObject({
      about: { flavour: 'layer', region: 'eu-west-1', url: local.url },
      account: [
        { kind: 'secret', name: 'a', type: 'text', versions: [{ labels: ['AWSCURRENT'], bytes: 18 }] },
        { kind: 'secret', name: 'j', type: 'JSON' },
        { kind: 'parameter', name: '/p', type: 'String', current: '1' },
      ],
      faults: [{ name: 'slow', detail: '5 ms', ids: ['/p'], left: 3, until: null, played: 0 }],
      held: [{ id: 'a', selector: '', ttl: 300 }],
      calls: [
        { face: 'aws', by: 'layer', outcome: '200', sequence: 1, milliseconds: expect.any(Number) },
        { face: 'layer', by: 'client', outcome: '200', sequence: 2 },
      ],
      total: 2,
    })
    expect(first.held?.[0]?.version).toBe(first.account?.[0]?.current)
    expect(JSON.stringify(first)).not.toContain(CANARY)
  })

  it('then says only what is new', async () => {
    await updateWhere(stream, () => true)
    local.rotate('a', `${CANARY}2`)
    const rotated = await updateWhere(stream, ({ account }) => account !== undefined)
    expect(rotated.account?.[0]?.versions).toHaveLength(2)
    expect(rotated).not.toHaveProperty('calls')
    expect(rotated).not.toHaveProperty('faults')
    local.faults.deny('a', { milliseconds: 60_000 })
    const denied = await updateWhere(stream, ({ faults }) => faults !== undefined)
    expect(denied.faults).toMatchObject([{ name: 'deny', ids: ['a'], until: expect.any(Number) }])
    await askLayer(local.url, '/secretsmanager/get?secretId=a')
    const played = await updateWhere(stream, ({ calls }) => calls !== undefined)
    expect(played.calls?.map(({ outcome }) => outcome)).toEqual(['AccessDeniedException', '400'])
    expect(JSON.stringify([rotated, denied, played])).not.toContain(CANARY)
  })

  it('sends only the newest of a burst, and counts all', async () => {
    for (let batch = 0; batch < 10; batch++)
      await Promise.all(
        Array.from({ length: 50 }, () => askLayer(local.url, '/secretsmanager/get?secretId=a', 'wrong')),
      )
    const late = updates(local)
    const { calls = [], total } = await updateWhere(late, () => true)
    await late.return(undefined)
    expect([calls.length, calls[0]?.sequence, calls.at(-1)?.sequence, total]).toEqual([400, 101, 500, 500])
  })

  it('goes on after a reset of the stand-in', async () => {
    await askLayer(local.url, '/secretsmanager/get?secretId=a')
    await updateWhere(stream, () => true)
    await local.reset()
    await askLayer(local.url, '/secretsmanager/get?secretId=j')
    const { calls } = await updateWhere(stream, (update) => update.calls !== undefined)
    expect(calls?.map(({ ids, sequence }) => [ids[0], sequence])).toEqual([
      ['j', 3],
      ['j', 4],
    ])
  })

  it('shows the events that a function’s process posts, and no field that could hold a value', async () => {
    await updateWhere(stream, () => true)
    await tellPage(local, 'heard', {
      events: [
        {
          at: 1,
          type: 'stale',
          id: 'a',
          key: 'a',
          source: 'extension',
          ageSeconds: 3.21,
          reason: 'failed',
          value: CANARY,
        },
        { at: 2, type: 'load', ids: ['a', '/p'], source: 'sdk', fresh: true },
      ],
    })
    const { events } = await updateWhere(stream, (update) => update.events !== undefined)
    expect(events).toEqual([
      { at: 1, type: 'stale', ids: ['a'], detail: 'extension, failed, 3.2 s old', sequence: 1 },
      { at: 2, type: 'load', ids: ['a', '/p'], detail: 'sdk, forced', sequence: 2 },
    ])
  })

  it.each([
    [{}, 'events: give an array of at most 1000 events.'],
    [{ events: [{ at: 1, type: 'htt' }] }, 'events: type is one of hit, miss,'],
    [{ events: [{ type: 'hit' }] }, 'events: at is the time in milliseconds since 1970.'],
    [{ events: [null] }, 'events: type is one of'],
  ])('refuses %j', async (given, why) => {
    const { status, text } = await askPage(local, 'heard', given)
    expect(status).toBe(400)
    expect(text).toContain(why)
  })

  it('ends with the stand-in', async () => {
    await updateWhere(stream, () => true)
    await local.close()
    await expect(stream.next()).rejects.toThrow()
  })
})
