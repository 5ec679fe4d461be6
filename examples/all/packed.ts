import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { type Example, innerPackages, readPackage } from './examples.ts'
import { packFor } from './tarballs.ts'

const run = promisify(execFile)

/** Copies examples to a folder outside the workspace, with our packages packed and installed as their users get them. */
export async function copyPacked(examples: readonly Example[]) {
  const project = await mkdtemp(join(tmpdir(), 'secrets-cache-examples-'))
  const modules = join(project, 'node_modules')
  const tarballs = await packFor(examples, project)
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
    await copyExample(folder, folderOf(name))
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

/** All that a user would copy: nothing that was installed or built. */
export async function copyExample(folder: string, to: string): Promise<void> {
  const made = ['node_modules', 'out', 'cdk.out', '.aws-sam']
  await cp(folder, to, { recursive: true, filter: (file) => !made.includes(basename(file)) })
}
