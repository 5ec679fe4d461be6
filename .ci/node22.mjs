// `node --import ./.ci/node22.mjs file.ts`: runs a file of this repository on Node 22. It is in NODE_OPTIONS of
// `npm run test:node22`, so that every process reads it which a test starts: npm on another Node, functions, bundles.
import { register } from 'node:module'

const repository = new URL('..', import.meta.url)
const [, entry = ''] = process.argv
const isOurs = entry.endsWith('.ts') && new URL(entry, 'file://').href.startsWith(repository.href)
// Published code has no `using`, and `secrets-cache-local run` has hooks of its own, with which these do not agree.
const isPublished = /packages[\\/](?:local|cli)[\\/]src[\\/]/.test(entry)

// Not registerHooks(): on Node 22 it breaks require() of an ES module that imports a built-in one, as Jest does.
if (process.versions.node.startsWith('22.') && isOurs && !isPublished)
  register('./node22-hooks.ts', import.meta.url)
