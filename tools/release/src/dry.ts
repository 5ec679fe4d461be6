// `npm run release:dry`: a whole release in a copy of the repository, without its last step. `npm run release:build` is
// the same on the repository itself, for the release workflow: it leaves in out/release what is then published.
import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { readCommand } from '../../../.ci/command.ts'
import { readNextRelease, sectionOf } from './changelog.ts'
import { check, describeTarball, packAll } from './check.ts'
import { writeLists } from './file-list.ts'
import { isDecided, readPlace } from './place.ts'
import { root } from './published.ts'
import { pnpm } from './run.ts'

const { flags } = readCommand({
  name: 'release:dry',
  about: 'Does everything that a release does, in a copy of the repository, and publishes nothing.',
  flags: {
    here: { type: 'boolean', help: 'in the repository itself, at the version that it has' },
    update: { type: 'boolean', help: 'writes the lists of files, tools/release/files.json' },
  },
})

const say = (line: string) => console.log(line)
const copy = flags.here ? undefined : mkdtempSync(join(tmpdir(), 'secrets-cache-release-'))
const repository = copy ? `${copy}/` : root
let isWrong = false

try {
  const place = readPlace()
  if (!isDecided(place)) {
    say(
      `! The place of the repository is not decided: it is "${place}". Nothing can be published yet; see RELEASING.md.`,
    )
    // What would be published with such links would stay so.
    if (flags.here) isWrong = true
  }
  const next = await readNextRelease(root)
  if (copy) await prepareCopy(copy)
  say('packages: building')
  await pnpm(['-r', '--filter', './packages/*', 'run', 'build'], repository)
  const folder = join(repository, 'out/release')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const tarballs = await packAll(repository, folder)
  if (flags.update) writeLists(tarballs)
  await pnpm(['run', 'sbom'], repository)
  for (const tarball of tarballs) {
    const found = await check(tarball, place, repository, join(repository, 'out/sbom'))
    const wrong = Object.entries(found).filter(([, sentences]) => sentences.length > 0)
    say(`${wrong.length === 0 ? 'fine ' : 'WRONG'}  ${describeTarball(tarball)}`)
    for (const [name, sentences] of wrong) for (const one of sentences) say(`       ${name}: it ${one}`)
    if (wrong.length > 0) isWrong = true
  }
  for (const { path } of tarballs)
    copyFileSync(
      join(repository, 'out/sbom', sbomOf(path)),
      join(folder, basename(path).replace(/\.tgz$/, '.cdx.json')),
    )
  const order = tarballs.map(({ path, manifest: { name, version } }) => ({
    file: basename(path),
    name,
    version,
  }))
  writeFileSync(join(folder, 'order.json'), JSON.stringify(order))
  if (next && !flags.here) say(`\nCHANGELOG.md:\n\n${sectionOf(next.version, next.changes)}`)
  else writeNotes(folder, tarballs[0]?.manifest.version ?? '')
  say(
    isWrong
      ? 'Something above must be mended first.'
      : isDecided(place)
        ? 'All of it can be published.'
        : 'Once the place is decided, all of it can be published.',
  )
} finally {
  if (copy) rmSync(copy, { recursive: true, force: true })
}
process.exitCode = isWrong ? 1 : 0

/** The tracked files and those that may be added, as they are now, installed and at the next version. */
async function prepareCopy(folder: string): Promise<void> {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const files = execFileSync('git', list, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(root + file, join(folder, file), { verbatimSymlinks: true })
  }
  say(`a copy of ${files.length} files: installing`)
  await pnpm(['install', '--frozen-lockfile', '--prefer-offline'], folder)
  say((await pnpm(['run', 'release:version'], folder)).trim())
}

/** The SBOM of a tarball: `secrets-cache-core-0.1.0.tgz` has `secrets-cache-core.json`. */
function sbomOf(path: string): string {
  return basename(path).replace(/-\d+\.\d+\.\d+.*$/, '.json')
}

/** What the release on GitHub says: the version's section of CHANGELOG.md. */
function writeNotes(folder: string, version: string): void {
  const [, section = ''] = readFileSync(`${root}CHANGELOG.md`, 'utf8').split(`\n## ${version}\n`)
  const [notes = ''] = section.split(/^## /m)
  writeFileSync(join(folder, 'notes.md'), notes.trim())
}
