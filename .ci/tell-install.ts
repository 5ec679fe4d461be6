// After `npm run pack`: how to install the tarballs elsewhere. They depend on each other by versions that are in no registry yet.
import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'

const SCOPE = '@secrets-cache/'
const folder = resolve('out')
const tarballs = readdirSync(folder)
  .filter((file) => file.endsWith('.tgz'))
  .map((file) => ({ name: nameOf(file), path: resolve(folder, file) }))
const paths = (...names: string[]) =>
  tarballs.flatMap(({ name, path }) => (names.includes(name.slice(SCOPE.length)) ? [path] : [])).join(' ')

console.log(`
In your project, with npm:

npm install @middy/core ${paths('core', 'extension', 'middy')}
npm install --save-dev ${paths('cli', 'local', 'sdk')}

(the second for npx @secrets-cache/cli and for tests; direct and cdk likewise).

With pnpm, first in pnpm-workspace.yaml beside its package.json:

overrides:
${tarballs.map(({ name, path }) => `  '${name}': 'file:${path}'`).join('\n')}

and then:

pnpm add @middy/core @types/aws-lambda @secrets-cache/middy
pnpm add --save-dev @secrets-cache/cli @secrets-cache/local
`)

function nameOf(file: string): string {
  return file.replace(/^secrets-cache-(.+)-\d.*$/, `${SCOPE}$1`)
}
