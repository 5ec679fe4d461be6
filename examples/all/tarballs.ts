import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Example, readPackage } from './examples.ts'

const run = promisify(execFile)
const packagesFolder = fileURLToPath(new URL('../../packages', import.meta.url))

/** The tarballs that examples need, into a folder: `file:` paths by package. What was built last is packed. */
export async function packFor(
  examples: readonly Example[],
  into: string,
): Promise<Readonly<Record<string, string>>> {
  const folders = new Map<string, string>()
  for (const folder of await readdir(packagesFolder)) {
    const whole = join(packagesFolder, folder)
    folders.set(readPackage(whole).name, whole)
  }
  const wanted = new Set(examples.flatMap(({ dependencies }) => oursAmong(dependencies)))
  // A set visits what is added while it is walked: ours depend on each other.
  for (const name of wanted) {
    for (const other of oursAmong(readPackage(folders.get(name) as string).dependencies)) wanted.add(other)
  }
  const packed = [...wanted].map(async (name) => {
    const cwd = folders.get(name) as string
    const { stdout } = await run('pnpm', ['pack', '--json', '--pack-destination', into], { cwd })
    return [name, `file:${JSON.parse(stdout).filename}`] as const
  })
  return Object.fromEntries(await Promise.all(packed))
}

/** Not the packages inside an example. */
const oursAmong = (dependencies: Readonly<Record<string, string>> = {}): readonly string[] =>
  Object.keys(dependencies).filter((name) => name.startsWith('@secrets-cache/'))
