import { vi } from 'vitest'

export { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

/** What the tests use of Jest's own object, by the names Vitest has for it. */
export const jest = {
  fn: vi.fn,
  spyOn: vi.spyOn,
  restoreAllMocks: vi.restoreAllMocks,
  resetModules: vi.resetModules,
  unstable_mockModule: vi.doMock,
  setTimeout: (milliseconds: number) => vi.setConfig({ testTimeout: milliseconds }),
}
