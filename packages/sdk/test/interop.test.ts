import { expect, it } from '@jest/globals'
import { compare } from '../interop/compare.ts'
import { scenarios } from '../interop/scenarios.ts'
import { startAccount } from './account.ts'

it.each(['sdk', 'direct'] as const)(
  'reads from the stand-in as from AWS: %s()',
  async (source) => {
    await using _local = await startAccount({})
    const results = await compare(source)
    expect(results.filter(({ isAsExpected }) => !isAsExpected)).toEqual([])
    expect(results).toHaveLength(scenarios.length)
  },
  20_000,
)
