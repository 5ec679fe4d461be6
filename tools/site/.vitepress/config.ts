import { createRequire } from 'node:module'
import { relative } from 'node:path'
import { defineConfig } from 'vitepress'
import { github, pages, root, siteLink, version } from '../src/pages.ts'
import { sidebar } from '../src/sidebar.ts'

const require = createRequire(import.meta.url)

export default defineConfig({
  title: 'secrets-cache',
  description: 'Secrets and parameters for AWS Lambda handlers on Middy',
  lang: 'en',
  base: process.env['BASE'] || '/',
  // The Markdown stays where it is; rewrites say under which address it stands.
  srcDir: '../..',
  srcExclude: [
    '{out,coverage,reports}/**',
    '**/{node_modules,test,dist}/**',
    '**/THIRD-PARTY-NOTICES.md',
    'packages/{bench,faults}/**',
  ],
  outDir: '../../out/site',
  cacheDir: '.vitepress/cache',
  rewrites: Object.fromEntries(pages),
  cleanUrls: false,
  lastUpdated: false,
  vite: {
    // Pages stand outside this folder, from where Vue is not to be found.
    resolve: {
      alias: [
        { find: /^vue$/, replacement: require.resolve('vue/dist/vue.runtime.esm-bundler.js') },
        {
          find: /^vue\/server-renderer$/,
          replacement: require.resolve('vue/server-renderer').replace(/\.js$/, '.mjs'),
        },
      ],
    },
    // The TypeScript of this repository is newer than the compiler of the site knows.
    esbuild: { target: 'es2022', tsconfigRaw: '{}' },
    build: { chunkSizeWarningLimit: 2_000 },
  },
  markdown: {
    // The anchors of GitHub, where the same pages are read.
    anchor: {
      slugify: (heading: string) =>
        heading
          .trim()
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
          .replaceAll(/\s/g, '-'),
    },
    config(md) {
      md.core.ruler.after('inline', 'links-of-the-repository', ({ tokens, env }) => {
        const file = relative(root, env.realPath ?? env.path).replaceAll('\\', '/')
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          const link = token.type === 'link_open' ? token.attrGet('href') : null
          if (link) token.attrSet('href', siteLink(link, file))
        }
      })
    },
  },
  themeConfig: {
    nav: [
      { text: 'Tutorial', link: '/tutorial.md' },
      { text: 'Reference', link: '/reference/middy.md' },
      { text: `v${version}`, link: '/changelog.md' },
    ],
    sidebar: sidebar.map(({ items, ...group }) => ({ ...group, items: [...items] })),
    outline: [2, 3],
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: github }],
    footer: { message: `MIT. This is version ${version}.` },
  },
})
