import { describe, expect, it } from '@jest/globals'
import { createServed } from '../src/served.ts'

describe('createServed', () => {
  it('knows what has been answered, and that anything has', () => {
    const served = createServed()
    expect(served.before('/a')).toEqual({ hasAnswered: false, hasServed: false })
    served.add('/a')
    expect(served.before('/a')).toEqual({ hasAnswered: true, hasServed: true })
    expect(served.before('/b')).toEqual({ hasAnswered: true, hasServed: false })
  })

  it('forgets the oldest of more than 1,024', () => {
    const served = createServed()
    for (let index = 0; index <= 1_024; index++) served.add(`/${index}`)
    expect(served.before('/0')).toEqual({ hasAnswered: true, hasServed: false })
    expect(served.before('/1').hasServed).toBe(true)
    expect(served.before('/1024').hasServed).toBe(true)
  })
})
