import { expect, it } from '@jest/globals'
import { compare } from '../interop/compare.ts'
import { scenarios } from '../interop/scenarios.ts'
import { startAccount } from './account.ts'

it('reads from the stand-in as from AWS', async () => {
  await using _local = await startAccount({})
  const results = await compare()
  expect(results.filter(({ isAsExpected }) => !isAsExpected)).toEqual([])
  expect(results).toHaveLength(scenarios.length)
}, 20_000)
