import type { Group } from './group.ts'
import { compile, runHandler, writeHandler } from './handler.ts'

const TYPED = `
import middy from '@middy/core'
import { json, list, parametersCache, secretsCache, type SecretsContext } from '@secrets-cache/middy'

export const chained = middy<{ id: number }>()
  .use(secretsCache({ secrets: { db: json<{ user: string }>('prod/db') } }))
  .use(parametersCache({ parameters: { hosts: list('/hosts') } }))
  .handler(async ({ id }, { secrets, parameters }) => {
    const user: string = secrets.db.user
    const hosts: readonly string[] = parameters.hosts
    // @ts-expect-error not declared
    secrets.other
    // @ts-expect-error a string
    const wrong: number = secrets.db.user
    return [id, user, hosts, wrong]
  })

const declared = { secrets: { key: 'prod/key' } }
const first = async (_event: object, context: SecretsContext<typeof declared>) => context.secrets.key
export const handler = middy(first).use(secretsCache(declared))
`

/** Types and run time with each Middy that the peer dependency allows. */
export const middyVersions: readonly Group[] = ['5.5.0', '6.4.5', '7.9.2'].map((version) => ({
  name: `Middy ${version}`,
  install: [`@middy/core@${version}`, '@types/node@24.19.2', 'typescript@7.0.2'],
  prepare: async (project) => {
    await writeHandler(project)
    await project.write('typed.ts', TYPED)
  },
  rows: {
    types: (project) => compile(project, ['handler.ts', 'typed.ts'], { module: 'nodenext' }),
    'run time': (project) => runHandler(project, 'handler.ts'),
  },
}))
