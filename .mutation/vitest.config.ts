import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const name = process.env.MUTATE ?? 'core'

/** Tests that start processes, bundle or look at the whole repository: too slow to be asked about every mutant. */
const tooSlow = [
  'architecture',
  'exports',
  'fake-timers',
  'installed',
  'migrating',
  'endurance',
  'freeze',
  'engine-doc',
  'interleavings',
  'bundles',
  'interop',
  'dist',
  'packed',
  'process',
]

const conditions = ['@secrets-cache/source', 'node']

export default defineConfig({
  resolve: {
    conditions,
    alias: { '@jest/globals': fileURLToPath(new URL('jest-globals.ts', import.meta.url)) },
  },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: [`packages/${name}/test/**/*.test.ts`],
    exclude: ['**/engine-model/**', '**/*.slow.test.ts', ...tooSlow.map((test) => `**/${test}.test.ts`)],
    testTimeout: name === 'core' ? 1500 : 5000,
    pool: 'threads',
    isolate: false,
  },
})
