import { describe, expect, it } from '@jest/globals'
import { describeEvents } from '../src/run/describe-event.ts'

const retry = (at: number, id: string, code: string) => ({ at, event: { type: 'retry', id, code } })

describe('describeEvents', () => {
  it('has one line for retries that follow each other for the same cause', () => {
    const lines = describeEvents([
      retry(1, 'a', 'NOT_READY'),
      retry(2, 'b', 'NOT_READY'),
      retry(3, 'a', 'NOT_READY'),
      retry(4, 'a', 'REFUSED'),
      { at: 5, event: { type: 'loaded', id: 'a', milliseconds: 4 } },
      retry(6, 'b', 'REFUSED'),
    ])
    expect(lines).toEqual([
      { at: 1, type: 'retry', detail: 'a 2 times, b, NOT_READY' },
      { at: 4, type: 'retry', detail: 'a, REFUSED' },
      { at: 5, type: 'loaded', detail: 'a after 4.0 ms' },
      { at: 6, type: 'retry', detail: 'b, REFUSED' },
    ])
  })
})
