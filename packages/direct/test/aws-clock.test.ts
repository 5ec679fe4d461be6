import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { clockOffset, createAwsClock } from '../src/calls/aws-clock.ts'

const now = Date.parse('2026-11-26T10:00:00Z')
const at = (minutes: number) => new Date(now + minutes * 60_000).toUTCString()

beforeEach(() => {
  jest.spyOn(Date, 'now').mockReturnValue(now)
})
afterEach(() => {
  jest.restoreAllMocks()
})

describe('createAwsClock', () => {
  it('shows the time of this machine until an answer tells another', () => {
    expect(createAwsClock().now().getTime()).toBe(now)
  })

  it.each([-10, -1, 1, 10])('is corrected by an answer that is %i minutes off, once', (minutes) => {
    const clock = createAwsClock()
    expect(clock.correctBy(at(minutes))).toBe(true)
    expect(clock.now().getTime()).toBe(now + minutes * 60_000)
    expect(clock.correctBy(at(minutes))).toBe(false)
    // The clock of this machine was set meanwhile.
    expect(clock.correctBy(at(0))).toBe(true)
    expect(clock.now().getTime()).toBe(now)
  })

  it.each([undefined, '', 'no date', at(0.5), at(-0.5)])('is not corrected by %j', (date) => {
    const clock = createAwsClock()
    expect(clock.correctBy(date)).toBe(false)
    expect(clock.now().getTime()).toBe(now)
  })
})

describe('clockOffset', () => {
  it('is how far this machine is ahead', () => {
    expect([at(-2), at(2), undefined].map(clockOffset)).toEqual([120_000, -120_000, undefined])
  })
})
