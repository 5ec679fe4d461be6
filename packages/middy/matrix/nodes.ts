import { arch, platform } from 'node:process'
import type { UserProject } from '../test/helpers/user-project.ts'
import type { Group } from './group.ts'
import { runHandler, writeHandler } from './handler.ts'

/** What handlers and tests load, imported and required in the Node that is first on the path of the project. */
const IMPORT_ALL = `
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
for (const name of ['core', 'core/testing', 'extension', 'direct', 'sdk', 'middy', 'middy/config-file', 'local', 'local/testing']) {
  const imported = Object.keys(await import('@secrets-cache/' + name)).filter((key) => key !== 'module.exports').sort().join()
  const required = Object.keys(require('@secrets-cache/' + name)).filter((key) => key !== '__esModule').sort().join()
  if (imported === '' || imported !== required) throw new Error(name + ' exports ' + imported + ', and by require ' + required)
}
console.log(process.version)
`

/** The oldest Node that is supported, and the newest of each line: a package of npm that holds nothing but the program. */
export const nodes: readonly Group[] = ['22.19.0', '24.21.0', '26.10.0'].map((version) => ({
  name: `Node ${version}`,
  install: ['@middy/core@7.9.2', `node-${platform}-${arch}@${version}`],
  prepare: async (project: UserProject) => {
    await writeHandler(project)
    await project.write('import-all.mjs', IMPORT_ALL)
  },
  rows: {
    'what handlers and tests load, imported and required': async (project) => {
      const { stdout } = await project.execute('node', ['import-all.mjs'])
      if (stdout.trim() !== `v${version}`) throw new Error(`It ran on ${stdout.trim()}.`)
    },
    "the README's handler, TypeScript": (project) => runHandler(project, 'handler.ts'),
    "the README's handler, JavaScript": (project) => runHandler(project, 'handler.mjs'),
  },
}))
