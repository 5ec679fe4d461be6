import { defineConfig, type Options } from 'tsup'
import { undiciThin } from './undici-thin.ts'

const shared: Options = { format: 'esm', target: 'node22', removeNodeProtocol: false, silent: true }

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
    noExternal: [/^undici\//],
    // undici's own switch: leaves its second parser out.
    define: { esbuildDetection: 'true' },
    esbuildPlugins: [undiciThin],
  },
])
