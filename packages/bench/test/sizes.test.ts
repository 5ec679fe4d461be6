import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Bundle, bundle, temporaryFolder } from '../src/benches/cold/bundle.ts'
import { subjects } from '../src/handlers/index.ts'

/**
 * Minified bytes that each package may add to a function, without undici and the AWS SDK. A budget is slightly above
 * what is measured. It is lowered when a package becomes smaller, and raised only for something that is worth it.
 * `aws` is the part of core that the sources over AWS share: nothing of it gets into a function over the extension.
 */
const budgets = { core: 35_900, aws: 8_100, direct: 15_500, extension: 16_450, middy: 4_450, sdk: 8_400 }

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let overExtension: Bundle
let overDirect: Bundle
let overSdk: Bundle

beforeAll(async () => {
  folder = await temporaryFolder()
  const setting = { secrets: 3, parameters: 12 }
  overExtension = await bundle(subjects.extension, setting, folder.folder)
  overDirect = await bundle(subjects.direct, setting, folder.folder)
  overSdk = await bundle(subjects.sdk, setting, folder.folder)
})
afterAll(() => folder[Symbol.asyncDispose]())

describe('a bundled function', () => {
  it.each(Object.entries(budgets))('has no more of %s than %i bytes', (name, budget) => {
    const core = overExtension.byPackage['core'] as number
    const measured: Readonly<Record<string, number>> = {
      ...overDirect.byPackage,
      ...overSdk.byPackage,
      ...overExtension.byPackage,
      core,
      aws: (overSdk.byPackage['core'] as number) - core,
    }
    const bytes = measured[name]
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(budget)
  })

  it('has nothing of the other sources, the default one included', () => {
    expect(Object.keys(overExtension.byPackage).sort()).toEqual(['core', 'extension', 'middy'])
    expect(Object.keys(overDirect.byPackage).sort()).toEqual(['core', 'direct', 'middy'])
    expect(Object.keys(overSdk.byPackage).sort()).toEqual(['core', 'middy', 'sdk'])
  })
})
