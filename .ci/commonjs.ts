// Makes a CommonJS copy of what a package exports, in its dist: `index.js` gives `index.cjs`, `index.d.ts` gives
// `index.d.cts`. Lambda's runtimes cannot `require` an ES module. Each file is converted by itself, so that the entries
// of a package share their modules as they do in the ESM build.
import { readFile, writeFile } from 'node:fs/promises'
import { transform } from 'esbuild'

const { exports } = JSON.parse(await readFile('package.json', 'utf8')) as {
  exports: Readonly<Record<string, { readonly require: string }>>
}

/** A relative import, in code or in types. */
const imported = /(?<before>\b(?:from|import)\s*\(?\s*["'])(?<path>\.\/[^"']+)\.js(?=["'])/g

/** Middy is ESM alone: its types are found only by one who imports it. */
const ofMiddy = /import (\{[^}]*\} from '@middy\/core')/g

/** What `import.meta.url` is in an ES module. */
const url = 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;'

const files = new Set(
  Object.values(exports).flatMap(({ require }) => [
    require.replace(/\.cjs$/, '.js'),
    require.replace(/\.cjs$/, '.d.ts'),
  ]),
)
// A set visits what is added while it is walked: what a file imports is copied too.
for (const file of files) {
  const text = await readFile(file, 'utf8')
  const isTypes = file.endsWith('.d.ts')
  for (const { groups = {} } of text.matchAll(imported))
    files.add(`./dist/${groups['path']?.slice(2)}${isTypes ? '.d.ts' : '.js'}`)
  const renamed = text
    .replaceAll(imported, '$<before>$<path>.cjs')
    .replaceAll(ofMiddy, "import type $1 with { 'resolution-mode': 'import' }")
  await writeFile(file.replace(/(js|ts)$/, 'c$1'), isTypes ? renamed : await toCommonJs(renamed))
}

async function toCommonJs(code: string): Promise<string> {
  const knowsItsPlace = code.includes('import.meta.url')
  const { code: converted } = await transform(code, {
    ...(code.includes('import.meta.url') && { define: { 'import.meta.url': 'importMetaUrl' }, banner: url }),
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    // `require` finds the AWS SDK of Lambda's runtime, and works in test runners that do not `import()`.
    supported: { 'dynamic-import': false },
    ...(knowsItsPlace && {
      define: { 'import.meta.url': 'importMetaUrl' },
      banner: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;",
    }),
    // What is minified says so by its licence.
    minify: code.startsWith('/*!'),
  })
  return converted
}
