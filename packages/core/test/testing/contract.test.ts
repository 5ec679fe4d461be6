import { describe, it } from '@jest/globals'
import type { Source } from '@secrets-cache/core'
import { fakeClock, firstOfWith, memorySource, sourceContract } from '@secrets-cache/core/testing'
import { setup, values } from '../support/contract.ts'

describe('memorySource', () => {
  for (const { name, run } of sourceContract({ ...setup, source: () => memorySource(values) })) it(name, run)
})

describe('firstOf', () => {
  const unreachable: Source = {
    ...memorySource({}),
    name: 'down',
    identity: 'down',
    refreshable: false,
    fetch: () => Promise.reject(new Error('down')),
  }
  const source = () => firstOfWith(fakeClock(), [unreachable, memorySource(values)])
  for (const { name, run } of sourceContract({ ...setup, source })) it(name, run)
})
