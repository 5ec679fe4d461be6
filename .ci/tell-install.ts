// After `npm run pack`: how to install the tarballs elsewhere. They depend on each other by versions that are in no registry yet.
import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'

const folder = resolve('out')
const tarballs = readdirSync(folder)
  .filter((file) => file.endsWith('.tgz'))
  .map((file) => ({ name: nameOf(file), path: resolve(folder, file) }))
const handler = tarballs.filter(({ name }) => /(core|extension|middy)$/.test(name))

console.log(`
In your project, with npm:

npm install @middy/core ${handler.map(({ path }) => path).join(' ')}

(any other of these packages: its tarball in the same command).

With pnpm, first in pnpm-workspace.yaml beside its package.json:

overrides:
${tarballs.map(({ name, path }) => `  '${name}': 'file:${path}'`).join('\n')}

and then:

pnpm add @middy/core @types/aws-lambda @secrets-cache/middy
`)

function nameOf(file: string): string {
  return file.replace(/^secrets-cache-(.+)-\d.*$/, '@secrets-cache/$1')
}
