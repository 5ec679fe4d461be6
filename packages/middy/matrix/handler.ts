import assert from 'node:assert/strict'
import { stripTypeScriptTypes } from 'node:module'
import { blocksOf, type UserProject } from '../test/helpers/user-project.ts'

const VALUES = {
  secrets: {
    'prod/orders/db': { host: 'db.internal', user: 'orders', password: 'canary-password' },
    'prod/stripe/key': 'canary-key',
  },
  parameters: { '/prod/orders/hosts': ['a.internal', 'b.internal'] },
}

/** The README's handler, in TypeScript and in JavaScript, with its values. */
export async function writeHandler(project: UserProject): Promise<void> {
  const [source = ''] = await blocksOf('README.md', 'ts')
  await project.write('handler.ts', source)
  await project.write('handler.mjs', stripTypeScriptTypes(source))
  await project.write('values.json', JSON.stringify(VALUES))
}

/** Runs a file as Lambda does, cold and warm; it must answer what the README says. */
export async function runHandler(project: UserProject, file: string): Promise<void> {
  const given = ['run', file, '--values', 'values.json', '--times', '2', '--timeout', '60s', '--json']
  const { stdout } = await project.execute('secrets-cache', given)
  const [answer = ''] = await blocksOf('README.md', 'json')
  const [, cold, warm] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  for (const { result } of [cold, warm]) assert.deepEqual(result, JSON.parse(answer))
  assert.deepEqual(
    [cold.calls, warm.calls],
    [
      { layer: 3, aws: 3 },
      { layer: 0, aws: 0 },
    ],
  )
}

const COMPILER = {
  target: 'es2024',
  strict: true,
  noEmit: true,
  types: ['node'],
  skipLibCheck: true,
  allowImportingTsExtensions: true,
}

/** Compiles files of a project; TypeScript's complaints are the error. */
export async function compile(
  project: UserProject,
  files: readonly string[],
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  await project.write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions: { ...COMPILER, ...options }, files }),
  )
  await project.execute('tsc', [])
}
