// For the release workflow: which step is next, as lines for GITHUB_OUTPUT. It needs nothing that is installed.
//   step=version   there are changesets: a pull request makes them into the next version
//   step=publish   there are none, and a package is not on npm in this version
//   step=nothing   all of them are
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { readPublished, root } from './published.ts'

const published = readPublished()
const changesets = readdirSync(`${root}.changeset`).filter((file) => file.endsWith('.md'))
const isLeft = () => published.some(({ manifest }) => !isOnNpm(manifest.name, manifest.version))

console.log(`step=${changesets.length > 0 ? 'version' : isLeft() ? 'publish' : 'nothing'}`)
console.log(`version=${published[0]?.manifest.version}`)

function isOnNpm(name: string, version: string): boolean {
  try {
    execFileSync('npm', ['view', `${name}@${version}`, 'version'], {
      stdio: 'pipe',
      shell: process.platform === 'win32',
    })
    return true
  } catch (error) {
    if (/E404/.test(String((error as { stderr: Buffer }).stderr))) return false
    throw error
  }
}
