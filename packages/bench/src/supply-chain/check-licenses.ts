// `npm run licenses`: checks the licence of everything that is installed; exit code 1 where one is not on the list.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Licenses, refusedLicenses } from './licenses.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const published = ['./packages/*', '!@secrets-cache/bench', '!@secrets-cache/faults']
const ofPublished = ['--prod', ...published.flatMap((name) => ['--filter', name])]

for (const isPublished of [true, false]) {
  const licenses = await list(isPublished ? ofPublished : [])
  const refused = refusedLicenses(licenses, isPublished)
  const count = Object.values(licenses).flat().length
  console.log(`${isPublished ? 'published with' : 'developed with'}: ${count} packages, ${summary(licenses)}`)
  for (const one of refused) console.error(`not on the list: ${one}`)
  if (refused.length > 0 || count === 0) process.exitCode = 1
}

async function list(flags: readonly string[]): Promise<Licenses> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['.ci/pnpm.mjs', 'licenses', 'list', '--json', ...flags],
    {
      cwd: root,
      maxBuffer: 64 * 2 ** 20,
    },
  )
  return JSON.parse(stdout) as Licenses
}

function summary(licenses: Licenses): string {
  return Object.entries(licenses)
    .map(([license, packages]) => `${license} ${packages.length}`)
    .join(', ')
}
