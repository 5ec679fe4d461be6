import { describe, expect, it, jest } from '@jest/globals'
import { bundleSizes, choices, page, sizesOnPage } from '../src/sizes/bundle-sizes.ts'

jest.setTimeout(60_000)

/** How far a bundle may be from what the page says. */
const tolerance = 0.02

describe(`the sizes in ${page}`, () => {
  it.each(choices.map((subject) => [subject.name, subject] as const))(
    'are right to 2 % for %s; what makes a bundle larger is looked at, then `npm run sizes` writes them',
    async (_, subject) => {
      const [measured, told] = [await bundleSizes(subject), sizesOnPage(subject)]
      expect(told).toHaveLength(measured.length)
      for (const [index, size] of measured.entries()) {
        const change = size / (told[index] as number) - 1
        expect(Math.abs(change)).toBeLessThanOrEqual(tolerance)
      }
    },
  )
})
