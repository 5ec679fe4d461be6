import type { Plugin } from 'esbuild'

/** Modules that aws4 loads for URLs and queries; ours are signed with a host, a path and no query. */
const unused = ['url', 'querystring']

/** Bundles aws4 so that it survives a second bundler: a require() of a builtin does not, once the output is ESM. */
export const aws4Thin: Plugin = {
  name: 'aws4-thin',
  setup(build) {
    build.onResolve({ filter: /^(?:crypto|url|querystring)$/ }, ({ path }) => ({
      path,
      namespace: 'builtin',
    }))
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: unused.includes(path) ? '' : `module.exports = process.getBuiltinModule('node:${path}')`,
    }))
  },
}
