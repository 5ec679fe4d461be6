import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** The page's files: one script and one style sheet, because its policy allows nothing inline. */
export const buildPage = async () => {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: [
      { in: 'browser/main.tsx', out: 'page' },
      { in: 'browser/page.css', out: 'page' },
    ],
    bundle: true,
    minify: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    platform: 'browser',
    target: ['chrome111', 'firefox113', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'silent',
    banner: { js: '/* With preact and @preact/signals, MIT: see THIRD-PARTY-NOTICES.md. */' },
  })
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? ''
  return {
    'index.html': await readFile(new URL('index.html', import.meta.url), 'utf8'),
    'icon.svg': await readFile(new URL('icon.svg', import.meta.url), 'utf8'),
    'page.js': textOf('.js'),
    'page.css': textOf('.css'),
  }
}
