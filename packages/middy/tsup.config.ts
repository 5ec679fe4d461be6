import { readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Options } from 'tsup'

// Each of the two builds would remove what the other has written.
rmSync(new URL('dist', import.meta.url), { recursive: true, force: true })

const shared: Options = { format: 'esm', target: 'node22', silent: true }

const folderOfYaml = new URL('node_modules/yaml/', import.meta.url)
const yaml = JSON.parse(readFileSync(new URL('package.json', folderOfYaml), 'utf8'))

export default defineConfig([
  {
    ...shared,
    entry: ['src/index.ts', 'src/with-source.ts', 'src/config-file.ts'],
    dts: true,
    esbuildPlugins: [
      {
        name: 'yaml-apart',
        setup: (build) =>
          build.onResolve({ filter: /\/yaml\.ts$/ }, () => ({ path: './yaml.js', external: true })),
      },
    ],
  },
  {
    ...shared,
    entry: ['src/config-file/yaml.ts'],
    minify: true,
    // What is inside can be told from the file alone; bundlers keep such a comment.
    banner: { js: `/*! yaml ${yaml.version}, ${yaml.license}: THIRD-PARTY-NOTICES.md */` },
    noExternal: ['yaml'],
    esbuildPlugins: [
      {
        name: 'yaml-as-esm',
        // The build for Node is CommonJS, and requires Node's modules in a way that an ES module cannot.
        setup: (build) =>
          build.onResolve({ filter: /^yaml$/ }, () => ({
            path: fileURLToPath(new URL('browser/dist/index.js', folderOfYaml)),
          })),
      },
    ],
  },
])
