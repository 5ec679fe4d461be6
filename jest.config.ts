import { existsSync, readdirSync } from 'node:fs'
import type { Config } from 'jest'

/** `npm run test:slow`, or one of them: `npm run jest -- exports.slow`. */
const isSlowWanted = process.env['SLOW'] || process.argv.some((word) => /\bslow\b/.test(word))
const isNode22 = process.versions.node.startsWith('22.')

/** Jest strips the types itself; the `source` condition makes every package's tests run on its `src`. */
const project = (folder: string) => ({
  displayName: folder.slice(folder.indexOf('/') + 1),
  rootDir: folder,
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/*.test.ts'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@secrets-cache/source', 'node', 'node-addons'] },
  // Node 22 cannot parse `using`, which tests have.
  transform: isNode22 ? { '\\.ts$': '<rootDir>/../../.ci/jest-node22.ts' } : {},
  extensionsToTreatAsEsm: ['.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    ...(isSlowWanted ? [] : ['\\.slow\\.test\\.ts$']),
    // They need Chromium, which `npm run test:browser` finds.
    ...(process.env['CHROMIUM'] ? [] : ['\\.browser\\.test\\.ts$']),
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '/.stryker-tmp/'],
})

const folders = ['packages', 'examples', 'tools'].flatMap((parent) =>
  readdirSync(parent).map((name) => `${parent}/${name}`),
)

const config: Config = {
  projects: folders.filter((folder) => existsSync(`${folder}/package.json`)).map(project),
  // For what never ends; a slow machine is no failure. Slow tests start many processes, and share two cores with others.
  testTimeout: isSlowWanted ? 300_000 : 60_000,
  // Both of two cores: by itself Jest leaves one to its own process.
  maxWorkers: '100%',
  coverageProvider: 'v8',
  collectCoverageFrom: [
    'packages/*/src/**/*.ts',
    // Types only: nothing of them is there when the tests run.
    '!**/*.d.ts',
    '!packages/core/src/{source/source,formats/standard-schema,errors/codes}.ts',
    '!packages/middy/src/types.ts',
  ],
  coverageReporters: ['text', 'lcov'],
}

export default config
