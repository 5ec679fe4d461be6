/** One package at a time, proven by its own tests alone. Under Vitest: Jest needs seven seconds for each mutant, this half a second. */
const name = process.env.MUTATE ?? 'core'

export default {
  packageManager: 'pnpm',
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: [`packages/${name}/src/**/*.ts`],
  testRunner: 'vitest',
  vitest: { configFile: '.mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 3000,
  timeoutFactor: 2,
  ignoreStatic: false,
  disableTypeChecks: false,
  ignorePatterns: ['/packages/*/dist', '/examples', 'coverage', 'reports'],
  tempDirName: '.stryker-tmp',
  reporters: ['clear-text', 'progress-append-only', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, allowEmojis: false },
  thresholds: { high: 100, low: 100, break: 100 },
  jsonReporter: { fileName: `reports/mutation-${name}.json` },
}
