import type { UserProject } from '../test/helpers/user-project.ts'
import type { Group } from './group.ts'
import { compile } from './handler.ts'

/** What people export, each with an inferred type: TypeScript has to name it in the declaration file. */
const EXPORTS = `
import middy from '@middy/core'
import {
  createSecrets, defineSecrets, derive, extension, firstOf, json, list, parametersCache, pick, secretsCache,
  type SecretsContext, text, tree, withSecrets,
} from '@secrets-cache/middy'

export const declared = { secrets: defineSecrets({ a: text('a'), b: json<{ user: string }>('b'), c: 'c' }) }
export const picked = pick(declared.secrets, 'a')
export const middleware = secretsCache(declared)
export const parameters = parametersCache({ parameters: { hosts: list('/h'), all: tree('/t') } })
export const handler = middy().use(middleware).use(parameters).handler(async (_event, context) => {
  // @ts-expect-error it is not any
  context.nothing
  const id: string = context.awsRequestId
  return [id, context.secrets.b.user, context.parameters.hosts]
})
export const withThem = withSecrets(declared, async (event: { id: number }, { secrets }) => [event.id, secrets.c])
export const wrapped = middy(withThem)
export const written = async (_event: object, context: SecretsContext<typeof declared>) => context.secrets
export const source = firstOf(extension(), extension({ agent: true }))
export const reader = createSecrets({ ...declared, source })
export const descriptions = reader.describe()
export const views = async () => (await reader.read()).secrets
export const length = async () => derive((await reader.read()).secrets, 'a', (value) => value.length)
`

/** A file beside it that has nothing of ours. */
const MIDDY_ONLY = `
import middy from '@middy/core'
export const handler = middy().handler(async (_event: unknown, context) => context.awsRequestId)
`

const emitted = (project: UserProject) =>
  compile(project, ['exports.ts', 'middy-only.ts'], {
    module: 'nodenext',
    noEmit: false,
    declaration: true,
    allowImportingTsExtensions: false,
    outDir: 'out',
  })

const compilerOf: Readonly<Record<string, string>> = {
  'TypeScript 5.9': 'typescript@5.9.3',
  'TypeScript 6': '@typescript/typescript6@6.0.2',
  'TypeScript 7': 'typescript@7.0.2',
}

/** Declaration files, with types of Lambda that are another version than ours were made with. */
export const declarationFiles: readonly Group[] = (['npm', 'pnpm'] as const).flatMap((manager) =>
  Object.entries(compilerOf).flatMap(([compiler, installed]) =>
    // With pnpm what TypeScript names has to be a dependency of the project itself; npm installs the peer for all.
    [...(manager === 'npm' ? [undefined] : []), '8.10.145'].map((version) => ({
      name: `declaration files, ${manager}, ${compiler}, @types/aws-lambda ${version ?? 'not installed'}`,
      manager,
      install: [
        '@middy/core@7.9.2',
        '@types/node@24.19.2',
        installed,
        ...(version === undefined ? [] : [`@types/aws-lambda@${version}`]),
      ],
      prepare: async (project: UserProject) => {
        await project.write('exports.ts', EXPORTS)
        await project.write('middy-only.ts', MIDDY_ONLY)
      },
      rows: { 'are written': emitted },
    })),
  ),
)

/** Every entry, by every way to resolve that TypeScript has; both kinds of module. */
const ENTRIES = [
  'core',
  'core/testing',
  'extension',
  'sdk',
  'sdk/static',
  'middy',
  'middy/config-file',
  'local',
  'local/jest',
  'local/testing',
]
const ALL = `${ENTRIES.map((entry, index) => `import * as e${index} from '@secrets-cache/${entry}'`).join('\n')}
export const all = [${ENTRIES.map((_, index) => `e${index}`).join(', ')}]
export const middleware = e5.secretsCache({ secrets: { db: e5.json<{ user: string }>('db') } })
// @ts-expect-error it is not any
e0.nothing
`
/** In a CommonJS file Middy, which is ESM alone, is imported so. */
const IMPORTED = `
import { json, secretsCache } from '@secrets-cache/middy'
export const handler = import('@middy/core').then(({ default: middy }) =>
  middy().use(secretsCache({ secrets: { db: json<{ user: string }>('db') } })).handler(async (_event, context) => {
    // @ts-expect-error it is not any
    context.nothing
    return context.secrets.db.user + context.awsRequestId
  }))
`
const resolved = (module: string, moduleResolution: string, folder: string) => [
  `${moduleResolution}, module ${module}, ${folder}`,
  (project: UserProject) =>
    compile(project, [`${folder}/all.ts`, `${folder}/imported.ts`], {
      module,
      moduleResolution,
      esModuleInterop: true,
      ...(moduleResolution === 'node10' && { ignoreDeprecations: '5.0', allowImportingTsExtensions: false }),
    }),
]

export const resolutions: Group = {
  name: 'entries resolved by TypeScript 5.9,',
  install: ['@middy/core@7.9.2', '@types/node@24.19.2', 'typescript@5.9.3', '@types/jest@30.0.0'],
  prepare: async (project) => {
    for (const [folder, type] of [
      ['esm', 'module'],
      ['commonjs', 'commonjs'],
    ]) {
      await project.write(`${folder}/package.json`, JSON.stringify({ type }))
      await project.write(`${folder}/all.ts`, ALL)
      await project.write(`${folder}/imported.ts`, IMPORTED)
    }
  },
  rows: Object.fromEntries([
    resolved('commonjs', 'node10', 'commonjs'),
    resolved('node16', 'node16', 'commonjs'),
    resolved('node16', 'node16', 'esm'),
    resolved('nodenext', 'nodenext', 'commonjs'),
    resolved('nodenext', 'nodenext', 'esm'),
    resolved('esnext', 'bundler', 'esm'),
  ]),
}
