import { describe, expect, it } from '@jest/globals'
import { ThrottledError } from '../../src/errors/index.ts'
import type { SecretsEvent } from '../../src/shared/events.ts'
import { limits } from '../../src/shared/limits.ts'
import { callSource, questionKey } from '../../src/source/call-source.ts'
import type { Outcome, Source } from '../../src/source/source.ts'
import { fakeClock } from '../../src/testing/fake-clock.ts'
import { type Question, scriptedSource } from '../../src/testing/scripted-source.ts'
import { turn } from '../support/engine.ts'

const references = ['a', 'b'].map((id) => ({ kind: 'secret', id }) as const)

function called(overrides: Partial<Source> = {}) {
  const clock = fakeClock()
  const source = scriptedSource(overrides)
  const controller = new AbortController()
  const outcomes: (Outcome | undefined)[] = []
  const order: number[] = []
  const retries: string[] = []
  const events: SecretsEvent[] = []
  callSource(
    {
      source,
      references,
      isForced: true,
      controller,
      onOutcome: (index, outcome) => {
        order.push(index)
        outcomes[index] = outcome
      },
      onRetry: (index, error) => retries.push(`${index} ${error?.code}`),
      emit: (type, describe) => events.push({ type, ...describe() } as unknown as SecretsEvent),
    },
    clock,
    limits,
  )
  return { clock, source, controller, outcomes, order, retries, events }
}

const ok = (value: string) => ({ ok: true, value }) as const

describe('callSource', () => {
  it('asks once for all, and passes each outcome on as it comes', async () => {
    const { source, outcomes, order, events } = called()
    expect(source.calls).toEqual([['a', 'b']])
    expect(events).toEqual([{ type: 'load', source: 'scripted', ids: ['a', 'b'], fresh: true }])
    expect((source.questions[0] as Question).context.fresh).toBe(true)
    source.questions[1]?.answer(ok('b'))
    await turn()
    expect(order).toEqual([1])
    source.questions[0]?.answer(ok('a'))
    await turn()
    expect(outcomes).toMatchObject([ok('a'), ok('b')])
  })

  it('never answers before it has returned, even where the source has the answer at hand', async () => {
    const { order } = called({ fetch: () => [ok('a'), ok('b')] })
    expect(order).toEqual([])
    await turn()
    expect(order).toEqual([0, 1])
  })

  it.each<[string, Source['fetch']]>([
    [
      'throws',
      () => {
        throw new TypeError('x')
      },
    ],
    ['rejects', () => Promise.reject(new TypeError('x'))],
  ])('gives every reference the failure of a source that %s', async (_, fetch) => {
    const { outcomes, clock } = called({ fetch })
    await turn()
    const failed = { ok: false, error: { code: 'SOURCE_FAILED', reason: 'it threw TypeError' } }
    expect(outcomes).toMatchObject([failed, failed])
    expect(clock.timers()).toBe(0)
  })

  it('gives one reference the failure of its own rejection', async () => {
    const { source, outcomes } = called()
    source.questions[0]?.throws(new TypeError('x'))
    source.questions[1]?.answer(ok('b'))
    await turn()
    expect(outcomes).toMatchObject([{ error: { reason: 'it threw TypeError' } }, ok('b')])
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['too few outcomes', []],
    ['an object', {}],
  ])('holds a source that answers %s to its contract', async (_, answer) => {
    const { outcomes } = called({ fetch: (() => answer) as never })
    await turn()
    expect(outcomes.map((outcome) => outcome?.ok)).toEqual([false, false])
  })

  it('aborts when the load has had its time, and leaves no timer', async () => {
    const { clock, controller } = called()
    clock.advance(4_999)
    expect(controller.signal.aborted).toBe(false)
    clock.advance(1)
    expect(controller.signal.aborted).toBe(true)
    expect(clock.timers()).toBe(0)
  })

  it('ends its timer with the last outcome, and not before', async () => {
    const { clock, controller, source } = called()
    source.questions[0]?.answer(ok('a'))
    await turn()
    expect(clock.timers()).toBe(1)
    source.questions[1]?.answer(ok('b'))
    await turn()
    expect(clock.timers()).toBe(0)
    expect(controller.signal.aborted).toBe(false)
  })

  it('ends its timer when it is aborted', () => {
    const { clock, controller } = called()
    controller.abort()
    expect(clock.timers()).toBe(0)
  })

  it('passes on what the source tells of its attempts', () => {
    const { source, retries, events } = called()
    const [, second] = source.questions as [Question, Question]
    second.context.onRetry(second.reference, new ThrottledError())
    expect(retries).toEqual(['1 THROTTLED'])
    expect(events.at(-1)).toEqual({ type: 'retry', id: 'b', source: 'scripted', code: 'THROTTLED' })
    second.context.emit('degraded', () => ({ source: 'scripted', reason: 'x' }))
    expect(events.at(-1)).toEqual({ type: 'degraded', source: 'scripted', reason: 'x' })
  })
})

describe('what a source waits for', () => {
  it('is told to the reader without an event, and taken back', () => {
    const { source, retries, events } = called()
    const [, second] = source.questions as [Question, Question]
    const before = events.length
    second.context.onWait?.(second.reference, new ThrottledError())
    second.context.onWait?.(second.reference, undefined)
    expect(retries).toEqual(['1 THROTTLED', '1 undefined'])
    expect(events).toHaveLength(before)
  })
})

describe('questionKey', () => {
  const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf'

  it('is equal for a name and its ARN once that is known', () => {
    const [named] = references as [(typeof references)[number]]
    expect(questionKey(named, undefined)).not.toBe(questionKey({ ...named, id: arn }, undefined))
    expect(questionKey(named, arn)).toBe(questionKey({ ...named, id: arn }, undefined))
    expect(questionKey({ ...named, stage: 'X' }, arn)).not.toBe(questionKey(named, arn))
  })
})
