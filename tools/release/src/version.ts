// `npm run release:version`: makes the changesets into one new version of all packages and a section of CHANGELOG.md.
import { addToChangelog, readNextRelease, sectionOf } from './changelog.ts'
import { root } from './published.ts'
import { pnpm } from './run.ts'

const next = await readNextRelease(root)
if (!next) {
  console.log('There are no changesets, so there is nothing to release.')
} else {
  await pnpm(['exec', 'changeset', 'version'], root)
  addToChangelog(`${root}CHANGELOG.md`, sectionOf(next.version, next.changes))
  console.log(`The version is ${next.version} now.`)
}
