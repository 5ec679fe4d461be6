import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, jest } from '@jest/globals'
import { build } from 'esbuild'
import { readPublished, root } from '../src/published.ts'

// Every package says `sideEffects: false`. This is what it promises: an import does nothing, and one that is not used leaves
// nothing in a bundle. It needs `npm run build` before it.
jest.setTimeout(180_000)

const entries = readPublished().flatMap(({ folder, manifest }) =>
  Object.entries(manifest.exports ?? {}).map(([path, { import: file = '' }]) => ({
    id: manifest.name + path.slice(1),
    file: fileURLToPath(new URL(file, new URL(`packages/${folder}/`, new URL(`file://${root}`)))),
    folder: `${root}packages/${folder}`,
  })),
)
const each = entries.map((entry) => [entry.id, entry] as const)

describe('an import that is not used', () => {
  it.each(each)('of %s leaves nothing in a bundle', async (id, { folder }) => {
    const { outputFiles } = await build({
      stdin: { contents: `import * as unused from '${id}'\nimport '${id}'\n`, resolveDir: folder },
      bundle: true,
      write: false,
      platform: 'node',
      format: 'esm',
      // What a package needs of others may be there or not; it is not asked for.
      packages: 'bundle',
      external: ['aws-cdk-lib', 'constructs', '@aws-sdk/*', '@middy/core'],
      logLevel: 'error',
    })
    expect(outputFiles.map(({ text }) => text)).toEqual([''])
  })
})

/** What packages of others and Node's own modules do when they are imported is theirs: they are imported before. */
const theirs = [
  'node:http',
  'aws-cdk-lib',
  '@aws-sdk/client-secrets-manager',
  '@aws-sdk/client-ssm',
  'commander',
]

/** What a process has that everybody in it can see, before and after an import. Its output is a pipe. */
const observer = (file: string) => `
for (const id of ${JSON.stringify(theirs)}) await import(id).catch(() => {})
const seen = () => ({
  globals: Reflect.ownKeys(globalThis).map(String),
  environment: { ...process.env },
  listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
  resources: process.getActiveResourcesInfo().filter((name) => !/FSReq|Immediate|Pipe/.test(name)).sort(),
  prototypes: [Object, Array, String, Promise, Map, Error, Date].map(({ prototype }) => Reflect.ownKeys(prototype).length),
})
const before = seen()
await import(${JSON.stringify(file)})
console.log(JSON.stringify([before, seen()]))`

describe('importing', () => {
  it.each(each)('%s changes nothing that others can see', async (_, { file, folder }) => {
    const given = ['--input-type=module', '-e', observer(new URL(`file://${file}`).href)]
    const { stdout, stderr } = await promisify(execFile)(process.execPath, given, {
      cwd: folder,
      env: { ...process.env, NODE_OPTIONS: '' },
    })
    const [before, after] = JSON.parse(stdout)
    expect([stderr, after]).toEqual(['', before])
  })
})
