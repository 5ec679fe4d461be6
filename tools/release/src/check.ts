import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { listed, wrongFiles } from './file-list.ts'
import { readPublished } from './published.ts'
import { pnpm, run } from './run.ts'
import { readTarball, type Tarball } from './tarball.ts'
import { wrongContent } from './wrong-content.ts'
import { wrongSbom } from './wrong-sbom.ts'

/** Packs every published package into a folder, in the order in which they are published. */
export async function packAll(repository: string, folder: string): Promise<readonly Tarball[]> {
  const published = readPublished(repository)
  const filters = published.flatMap(({ manifest }) => ['--filter', manifest.name])
  await pnpm(['-r', ...filters, 'pack', '--pack-destination', folder], repository)
  const packed = readdirSync(folder).filter((file) => file.endsWith('.tgz'))
  const tarballs = await Promise.all(packed.map((file) => readTarball(join(folder, file))))
  return published.map(({ manifest }) => {
    const found = tarballs.find((one) => one.manifest.name === manifest.name)
    if (!found) throw new Error(`${manifest.name} was not packed.`)
    return found
  })
}

/** Everything that is wrong with a tarball, by the check that says so. */
export async function check(tarball: Tarball, place: string, repository: string, sboms: string) {
  const { name } = tarball.manifest
  const sbom = join(sboms, `${name.slice(1).replace('/', '-')}.json`)
  return {
    files: wrongFiles(tarball),
    contents: wrongContent(tarball, place, repository),
    SBOM: wrongSbom(JSON.parse(readFileSync(sbom, 'utf8')), tarball),
    publint: await linted(tarball),
    types: await typesOf(tarball),
  }
}

/** What publint refuses or suggests. */
export async function linted({ path }: Tarball): Promise<readonly string[]> {
  const said = await node('publint', 'publint', '--strict', path)
  return said.includes('All good!') ? [] : [said.trim()]
}

/** Where "are the types wrong" finds that types do not resolve as the code does. */
export async function typesOf({ path }: Tarball): Promise<readonly string[]> {
  const said = await node('@arethetypeswrong/cli', 'attw', path, '--format', 'json')
  const { problems } = JSON.parse(said) as { problems: Readonly<Record<string, readonly object[]>> }
  return Object.entries(problems).map(([kind, all]) => `${kind}: ${JSON.stringify(all)}`)
}

const require = createRequire(import.meta.url)

/** Runs a program of a package; what it prints, also where it fails. */
async function node(name: string, program: string, ...given: readonly string[]): Promise<string> {
  const file = packageFile(name)
  const { bin } = JSON.parse(readFileSync(file, 'utf8')) as { bin: string | Record<string, string> }
  const path = join(dirname(file), typeof bin === 'string' ? bin : (bin[program] as string))
  const environment = { NODE_OPTIONS: '' }
  return run(process.execPath, [path, ...given], { folder: dirname(file), environment, canFail: true })
}

function packageFile(name: string): string {
  for (const folder of require.resolve.paths(name) ?? []) {
    const file = join(folder, name, 'package.json')
    try {
      readFileSync(file)
      return file
    } catch {
      // Not in this folder; the next one is further up.
    }
  }
  throw new Error(`${name} is not installed.`)
}

/** A line for people: `core 0.2.0: 35 files, 98 KB`. */
export const describeTarball = (tarball: Tarball): string =>
  `${basename(tarball.path)}: ${listed(tarball).length} files, ${Math.round(readFileSync(tarball.path).length / 1024)} KB`
