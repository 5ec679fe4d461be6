import { runWithYarn } from '../test/helpers/install-with.ts'
import type { UserProject } from '../test/helpers/user-project.ts'
import type { Group } from './group.ts'
import { compile, runHandler, writeHandler } from './handler.ts'

/** Each package manager installs the tarballs into an empty project, where the README's handler compiles and runs. */
const inNodeModules: readonly Group[] = (['npm', 'pnpm', 'yarn'] as const).map((manager) => ({
  name: `installed by ${manager}`,
  manager,
  install: ['@middy/core@7.9.2', '@types/node@24.19.2', '@types/aws-lambda@8.10.164', 'typescript@7.0.2'],
  prepare: writeHandler,
  rows: {
    'types of the handler': (project: UserProject) =>
      compile(project, ['handler.ts'], { module: 'nodenext' }),
    'run time': (project: UserProject) => runHandler(project, 'handler.ts'),
  },
}))

/** Without node_modules, in which Yarn itself has to start what is run. Its own patch of TypeScript is for 6 and older. */
const plugAndPlay: Group = {
  name: "installed by yarn, Plug'n'Play",
  manager: "yarn Plug'n'Play",
  install: ['@middy/core@7.9.2'],
  prepare: writeHandler,
  rows: {
    'run time': async (project: UserProject) => {
      const given = ['run', 'secrets-cache-local', 'run', 'handler.mjs', '--values', 'values.json', '--json']
      const { stdout } = await runWithYarn(project.folder, given)
      if (!stdout.includes('orders@db.internal')) throw new Error(`It printed ${stdout}`)
    },
  },
}

export const managers: readonly Group[] = [...inNodeModules, plugAndPlay]
