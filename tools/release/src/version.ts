// `npm run release:version`: makes the changesets into one new version of all packages and a section of CHANGELOG.md. It
// leaves that section in out/release-notes.md too, as the text of the pull request.
import { mkdirSync, writeFileSync } from 'node:fs'
import { addToChangelog, readNextRelease, sectionOf } from './changelog.ts'
import { root } from './published.ts'
import { pnpm } from './run.ts'

const next = await readNextRelease(root)
if (!next) {
  console.log('There are no changesets, so there is nothing to release.')
} else {
  await pnpm(['exec', 'changeset', 'version'], root)
  const section = sectionOf(next.version, next.changes)
  addToChangelog(`${root}CHANGELOG.md`, section)
  mkdirSync(`${root}out`, { recursive: true })
  writeFileSync(`${root}out/release-notes.md`, section)
  console.log(`The version is ${next.version} now.`)
}
