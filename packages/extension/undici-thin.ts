import type { Plugin } from 'esbuild'

/**
 * What the way into undici never reaches, replaced. The SIMD parser is the one left out of the two: undici falls
 * back to the other by itself, which runs everywhere (also with UNDICI_NO_WASM_SIMD, and under Jest).
 */
const stubs = new Map([
  ['dispatcher/client-h2.js', `module.exports = () => { throw new Error('HTTP/2 is left out') }`],
  ['core/connect.js', `module.exports = () => { throw new Error('the default connector is left out') }`],
  ['llhttp/llhttp_simd-wasm.js', 'module.exports = undefined'],
  ['web/fetch/body.js', 'module.exports = {}'],
  ['web/fetch/formdata.js', 'module.exports = {}'],
  ['web/webidl/index.js', 'module.exports = {}'],
])

/** Bundles undici's HTTP/1.1 client without what a GET on loopback never reaches. */
export const undiciThin: Plugin = {
  name: 'undici-thin',
  setup(build) {
    // A require() of a builtin breaks once an ESM output is bundled again; this survives every bundler.
    build.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'require-call' ? { path, namespace: 'builtin' } : { path, external: true },
    )
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }))
    build.onLoad({ filter: /[\\/]undici[\\/]lib[\\/]/ }, ({ path }) => {
      const file = path.replaceAll('\\', '/').replace(/^.*\/undici\/lib\//, '')
      const contents = stubs.get(file)
      return contents === undefined ? undefined : { contents }
    })
  },
}
