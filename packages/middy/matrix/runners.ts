import { blocksOf, type UserProject } from '../test/helpers/user-project.ts'
import type { Group } from './group.ts'
import { compile, runHandler, writeHandler } from './handler.ts'

const HANDLER = `
import middy from '@middy/core'
import { json, secretsCache } from '@secrets-cache/middy'
export const handler = middy<{ id: number }>()
  .use(secretsCache({ secrets: { db: json<{ user: string }>('prod/db') } }))
  .handler(async ({ id }, { secrets }) => id + ' ' + secrets.db.user)
`

/** The same two tests in every runner; they need what one must undo before the next. */
const tests = (imports: string, same: string, hooks = '') => `
${imports}
const aws = useLocal({ secrets: { 'prod/db': { user: 'app' } } }${hooks})
it('serves a handler, and a newer value once told to forget', async () => {
  ${same}(await aws.invoke(handler, { id: 1 }), '1 app')
  aws.rotate('prod/db', { user: 'next' })
  aws.forget()
  ${same}(await aws.invoke(handler, { id: 2 }), '2 next')
})
it('starts each test anew', async () => {
  ${same}(await aws.invoke(handler, { id: 1 }), '1 app')
  ${same}(aws.calls.upstream, 1)
})
`
const SAME =
  'const same = (given: unknown, wanted: unknown) => { if (given !== wanted) throw new Error(String(given)) }'
const jestTests = (ending: string) =>
  tests(
    `import { useLocal } from '@secrets-cache/local/jest'\nimport { handler } from './handler${ending}'\n${SAME}`,
    'same',
  )
const withHooks = (runner: string, ending: string) =>
  tests(
    `import * as hooks from '${runner}'
import { it } from '${runner}'
import { useLocal } from '@secrets-cache/local/testing'
import { handler } from './handler${ending}'
${SAME}`,
    'same',
    ', hooks',
  )

const WITHOUT_MIDDY = `
const { useLocal } = require('@secrets-cache/local/jest')
const { json, withSecrets } = require('@secrets-cache/middy')
const aws = useLocal({ secrets: { 'prod/db': { user: 'app' } } })
const handler = withSecrets({ secrets: { db: json('prod/db') } }, async ({ id }, { secrets }) => id + ' ' + secrets.db.user)
it('serves a handler, and a newer value once told to forget', async () => {
  expect(await aws.invoke(handler, { id: 1 })).toBe('1 app')
  aws.rotate('prod/db', { user: 'next' })
  aws.forget()
  expect(await aws.invoke(handler, { id: 2 })).toBe('2 next')
})
`

const tsconfig = (options: object) =>
  JSON.stringify({
    compilerOptions: {
      target: 'es2022',
      strict: true,
      skipLibCheck: true,
      isolatedModules: true,
      esModuleInterop: true,
      types: ['node', 'jest'],
      ...options,
    },
  })

const JEST = 'node_modules/jest/bin/jest.js'
const jest = (project: UserProject, folder: string) =>
  project.node('--experimental-vm-modules', JEST, '--rootDir', folder, '-c', `${folder}/jest.config.cjs`)

/** useLocal where people test. */
export const runners: Group = {
  name: 'useLocal in',
  install: [
    '@middy/core@7.9.2',
    '@types/node@24.19.2',
    '@types/jest@30.0.0',
    'jest@30.5.2',
    'ts-jest@29.4.15',
    'typescript@5.9.3',
    'vitest@5.1.1',
  ],
  prepare: async (project) => {
    for (const folder of ['jest', 'ts-jest', 'ts-jest-cjs', 'vitest', 'vitest-globals', 'node-test'])
      await project.write(`${folder}/handler.ts`, HANDLER)
    await project.write('jest/own.test.ts', jestTests('.ts'))
    await project.write(
      'jest/jest.config.cjs',
      "module.exports = { transform: {}, extensionsToTreatAsEsm: ['.ts'] }",
    )
    await project.write('ts-jest/own.test.ts', jestTests(''))
    await project.write('ts-jest/tsconfig.json', tsconfig({ module: 'esnext', moduleResolution: 'bundler' }))
    await project.write(
      'ts-jest/jest.config.cjs',
      `module.exports = { extensionsToTreatAsEsm: ['.ts'], transform: { '\\\\.ts$': ['ts-jest', { useESM: true, tsconfig: '<rootDir>/tsconfig.json' }] } }`,
    )
    await project.write('ts-jest-cjs/package.json', '{ "type": "commonjs" }')
    await project.write('ts-jest-cjs/own.test.ts', jestTests(''))
    await project.write('ts-jest-cjs/tsconfig.json', tsconfig({ module: 'node20' }))
    await project.write('jest-cjs/package.json', '{ "type": "commonjs" }')
    await project.write('jest-cjs/jest.config.cjs', 'module.exports = {}')
    await project.write('jest-cjs/own.test.js', WITHOUT_MIDDY)
    await project.write('vitest/own.test.ts', withHooks('vitest', '.ts'))
    await project.write('vitest-globals/own.test.ts', jestTests('.ts'))
    await project.write('node-test/own.test.ts', withHooks('node:test', '.ts'))
  },
  rows: {
    'Jest, ESM': (project) => jest(project, 'jest'),
    'Jest, CommonJS, without Middy and without flags': (project) =>
      project.node(JEST, '--rootDir', 'jest-cjs', '-c', 'jest-cjs/jest.config.cjs'),
    'Jest with ts-jest, ESM': (project) => jest(project, 'ts-jest'),
    'Jest with ts-jest, CommonJS, as docs/testing.md configures it': async (project) => {
      const [config = ''] = await blocksOf('docs/testing.md', 'js')
      await project.write('ts-jest-cjs/jest.config.cjs', config)
      return jest(project, 'ts-jest-cjs')
    },
    Vitest: (project) => project.execute('vitest', ['run', '--root', 'vitest']),
    'Vitest with globals': (project) =>
      project.execute('vitest', ['run', '--globals', '--root', 'vitest-globals']),
    'node:test': (project) => project.node('--test', 'node-test/own.test.ts'),
  },
}

/** TypeScript's ways to resolve, with the TypeScript before the native one too. */
export const compilers: Group = {
  name: 'compiled by',
  install: ['@middy/core@7.9.2', '@types/node@24.19.2', 'typescript@5.9.3'],
  prepare: writeHandler,
  rows: {
    'tsc, nodenext': (project) => compile(project, ['handler.ts'], { module: 'nodenext' }),
    'tsc, bundler': (project) =>
      compile(project, ['handler.ts'], { module: 'esnext', moduleResolution: 'bundler' }),
    'tsc, nodenext, emitted and run': async (project) => {
      await compile(project, ['handler.ts'], {
        module: 'nodenext',
        noEmit: false,
        allowImportingTsExtensions: false,
        outDir: 'out',
      })
      await runHandler(project, 'out/handler.js')
    },
  },
}
