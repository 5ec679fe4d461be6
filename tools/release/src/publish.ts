// Publishes what `npm run release:build` left in a folder: node tools/release/src/publish.ts out/release [--provenance]
// It needs nothing that is installed, so that no dependency runs where publishing is allowed.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

/** A tarball, as `order.json` tells of it. */
interface Packed {
  readonly file: string
  readonly name: string
  readonly version: string
}

const [folder, ...flags] = process.argv.slice(2)
if (folder === undefined || flags.some((flag) => flag !== '--provenance')) {
  console.error(
    'Give the folder of the tarballs, and --provenance where the workflow may sign: publish.ts out/release',
  )
  process.exit(2)
}
const run = promisify(execFile)
const order = JSON.parse(readFileSync(join(folder, 'order.json'), 'utf8')) as readonly Packed[]

for (const { file, name, version } of order) {
  // A release that broke off half-way is begun again, and goes on where it was.
  if (await isPublished(name, version)) {
    console.log(`${name} ${version} is published already`)
    continue
  }
  await npm('publish', resolve(folder, file), '--access', 'public', ...flags)
  console.log(`${name} ${version} published`)
}

async function isPublished(name: string, version: string): Promise<boolean> {
  try {
    await npm('view', `${name}@${version}`, 'version')
    return true
  } catch (error) {
    if (/E404/.test((error as { stderr: string }).stderr)) return false
    throw error
  }
}

function npm(...given: readonly string[]) {
  return run('npm', given, { shell: process.platform === 'win32', maxBuffer: 64 * 2 ** 20 })
}
