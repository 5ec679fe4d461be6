import { readFileSync } from 'node:fs'
import { defineConfig, type Options } from 'tsup'
import { undiciThin } from './undici-thin.ts'

const shared: Options = { format: 'esm', target: 'node22', removeNodeProtocol: false, silent: true }

const undici = JSON.parse(readFileSync(new URL('node_modules/undici/package.json', import.meta.url), 'utf8'))

export default defineConfig([
  {
    ...shared,
    entry: ['src/index.ts'],
    dts: true,
    esbuildPlugins: [
      {
        name: 'undici-client-apart',
        setup: (build) =>
          build.onResolve({ filter: /\/undici-client\.ts$/ }, () => ({
            path: './undici-client.js',
            external: true,
          })),
      },
    ],
  },
  {
    ...shared,
    entry: ['src/undici-client.ts'],
    minify: true,
    // What is inside can be told from the file alone; bundlers keep such a comment.
    banner: { js: `/*! undici ${undici.version}, ${undici.license}: THIRD-PARTY-NOTICES.md */` },
    noExternal: [/^undici\//],
    // undici's own switch: leaves its second parser out.
    define: { esbuildDetection: 'true' },
    esbuildPlugins: [undiciThin],
  },
])
