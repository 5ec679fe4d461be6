import type { UserProject } from '../test/helpers/user-project.ts'
import type { Group } from './group.ts'
import { runHandler, writeHandler } from './handler.ts'

const ESBUILD = `
import { build } from 'esbuild'
const [format, outfile] = process.argv.slice(2)
await build({ entryPoints: ['handler.ts'], outfile, format, bundle: true, minify: true, platform: 'node', target: 'node22' })
`

const WEBPACK = `
import webpack from 'webpack'
const [format, filename] = process.argv.slice(2)
const isModule = format === 'esm'
const stats = await new Promise((resolve, reject) => webpack({
  mode: 'production', target: 'node22', entry: './handler.mjs', experiments: { outputModule: isModule },
  output: { path: process.cwd(), filename, chunkFilename: filename + '.[id].' + (isModule ? 'mjs' : 'cjs'), library: { type: isModule ? 'module' : 'commonjs2' } },
}, (error, made) => (error ? reject(error) : resolve(made))))
if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString({ colors: false }))
`

const ROLLUP = `
import commonjs from '@rollup/plugin-commonjs'
import json from '@rollup/plugin-json'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { rollup } from 'rollup'
const [format, file] = process.argv.slice(2)
const bundle = await rollup({
  input: 'handler.mjs',
  plugins: [nodeResolve({ exportConditions: ['node'], preferBuiltins: true }), commonjs(), json()],
  onwarn: ({ message }) => { throw new Error(message) },
})
await bundle.write({ format, file, inlineDynamicImports: true })
`

const bundled = (tool: string, format: 'esm' | 'cjs') => {
  const file = `${tool}.${format === 'esm' ? 'mjs' : 'cjs'}`
  return [
    `${tool}, ${format}`,
    async (project: UserProject) => {
      await project.node(`with-${tool}.mjs`, format, file)
      await runHandler(project, file)
    },
  ] as const
}

/** The README's handler, bundled as people do, then run as Lambda does. */
export const bundlers: Group = {
  name: 'bundled by',
  install: [
    '@middy/core@7.9.2',
    'esbuild@0.28.2',
    'webpack@5.112.2',
    'rollup@4.68.7',
    '@rollup/plugin-commonjs@29.0.3',
    '@rollup/plugin-json@6.1.0',
    '@rollup/plugin-node-resolve@16.0.3',
  ],
  prepare: async (project) => {
    await writeHandler(project)
    for (const [tool, script] of Object.entries({ esbuild: ESBUILD, webpack: WEBPACK, rollup: ROLLUP }))
      await project.write(`with-${tool}.mjs`, script)
  },
  rows: Object.fromEntries(
    ['esbuild', 'webpack', 'rollup'].flatMap((tool) => [bundled(tool, 'esm'), bundled(tool, 'cjs')]),
  ),
}
