import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Example, innerPackages, readPackage } from './examples.ts'

const run = promisify(execFile)
const packagesFolder = fileURLToPath(new URL('../../packages', import.meta.url))

/** Copies examples to a folder outside the workspace, with our packages packed and installed as their users get them. */
export async function copyPacked(examples: readonly Example[]) {
  const project = await mkdtemp(join(tmpdir(), 'secrets-cache-examples-'))
  const modules = join(project, 'node_modules')
  const tarballs = await packAll(project)
  const theirs = examples.flatMap(({ dependencies }) => Object.entries(dependencies))
  const others = theirs.filter(([, version]) => !version.startsWith('workspace:'))
  const dependencies = { ...Object.fromEntries(others), ...tarballs }
  await writeFile(
    join(project, 'package.json'),
    JSON.stringify({ name: 'examples', private: true, type: 'module', dependencies }),
  )
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: project,
    shell: process.platform === 'win32',
  })

  const folderOf = (name: string) => join(project, name)
  for (const { name, folder } of examples) {
    const filter = (file: string) => !['node_modules', 'out'].includes(basename(file))
    await cp(folder, folderOf(name), { recursive: true, filter })
    await symlink(modules, join(folderOf(name), 'node_modules'))
    for (const inner of innerPackages(folder)) {
      const copy = join(folderOf(name), basename(inner))
      await symlink(copy, join(modules, readPackage(inner).name))
    }
  }
  return {
    folderOf,
    [Symbol.asyncDispose]: () => rm(project, { recursive: true, force: true }),
  }
}

/** For those who deploy: no handler installs them, and the CDK would come along. */
const tools = ['cdk', 'cli']

/** The tarball of each package that a handler may install, by its name. What was built last is packed. */
async function packAll(project: string): Promise<Record<string, string>> {
  const names = (await readdir(packagesFolder)).filter((name) => !tools.includes(name))
  const folders = names.map((name) => join(packagesFolder, name))
  const published = folders.filter((folder) => !readPackage(folder).private)
  const packed = published.map(async (folder) => {
    const { stdout } = await run('pnpm', ['pack', '--json', '--pack-destination', project], { cwd: folder })
    return [readPackage(folder).name, `file:${JSON.parse(stdout).filename}`]
  })
  return Object.fromEntries(await Promise.all(packed))
}
