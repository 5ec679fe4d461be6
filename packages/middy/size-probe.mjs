import { build } from 'esbuild'

const which = process.argv[2]
const code = {
  ext: `import middy from '@middy/core'; import { secretsCache } from '@secrets-cache/middy'; export const handler = middy(async () => 1).use(secretsCache({ secrets: { a: 'a' } }))`,
}[which]
const r = await build({
  stdin: { contents: code, resolveDir: process.cwd() },
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  metafile: true,
  write: false,
  target: 'node22',
  conditions: process.argv[3] === 'src' ? ['@secrets-cache/source'] : [],
  mainFields: ['module', 'main'],
})
const out = Object.values(r.metafile.outputs)[0]
let own = 0
const rows = Object.entries(out.inputs)
  .map(([f, { bytesInOutput }]) => [bytesInOutput, f])
  .sort((a, b) => b[0] - a[0])
for (const [b, f] of rows) {
  if (/packages|^\.\.\/|^src|^dist/.test(f) && !/undici-client|node_modules/.test(f)) own += b
  if (process.argv[4] !== 'q') console.log(b, f)
}
console.log('total', out.bytes, 'own', own)
