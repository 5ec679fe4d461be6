// `node --import ./.ci/node22.mjs file.ts`: runs a file of this repository on Node 22. It is in NODE_OPTIONS of
// `npm run test:node22`, so that another Node, which a test starts as npm's, reads it too and does nothing.
import { register } from 'node:module'

// Not registerHooks(): on Node 22 it breaks require() of an ES module that imports a built-in one, as Jest does.
if (process.versions.node.startsWith('22.')) register('./node22-hooks.ts', import.meta.url)
