import { readFileSync } from 'node:fs'
import { defineConfig, type Options } from 'tsup'
import { aws4Thin } from './aws4-thin.ts'

const shared: Options = { format: 'esm', target: 'node22', removeNodeProtocol: false, silent: true }

const aws4 = JSON.parse(readFileSync(new URL('node_modules/aws4/package.json', import.meta.url), 'utf8'))

export default defineConfig([
  {
    ...shared,
    entry: ['src/index.ts'],
    dts: true,
    esbuildPlugins: [
      {
        name: 'aws4-apart',
        setup: (build) =>
          build.onResolve({ filter: /\/aws4\.ts$/ }, () => ({ path: './aws4.js', external: true })),
      },
    ],
  },
  {
    ...shared,
    entry: ['src/calls/aws4.ts'],
    minify: true,
    // What is inside can be told from the file alone; bundlers keep such a comment.
    banner: { js: `/*! aws4 ${aws4.version}, ${aws4.license}: THIRD-PARTY-NOTICES.md */` },
    noExternal: ['aws4'],
    esbuildPlugins: [aws4Thin],
  },
])
