// `npm run docs`: the site, into out/site. It fails where a link or an anchor is dead, where a public name is not in the
// reference, and where one has no TSDoc. `npm run docs -- --open` serves it while pages change.
import { rmSync } from 'node:fs'
import { build, createServer } from 'vitepress'
import { wrongExamples } from './check-examples.ts'
import { deadLinks } from './check-links.ts'
import { missingNames } from './check-reference.ts'
import { mendAnchors } from './mend-anchors.ts'
import { root } from './pages.ts'
import { folder, writeReference } from './reference.ts'

const site = `${root}tools/site`
const out = `${root}out/site`
const base = process.env['BASE'] || '/'

console.log('reference: from the TSDoc of every public entry')
const project = await writeReference()
mendAnchors(folder)
refuse('not in the reference', missingNames(folder))
refuse('TSDoc', wrongExamples(project))

// The pages are listed when the configuration is read, the reference among them.
if (process.argv.includes('--open')) {
  const server = await createServer(site)
  await server.listen()
  server.printUrls()
} else {
  rmSync(out, { recursive: true, force: true })
  await build(site)
  refuse('dead', deadLinks(out, base))
  console.log(`out/site: every link and every anchor leads somewhere, every public name is in the reference`)
}

function refuse(what: string, found: readonly string[]): void {
  if (found.length === 0) return
  console.error(found.map((one) => `${what}: ${one}`).join('\n'))
  process.exit(1)
}
