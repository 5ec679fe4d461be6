import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Metafile } from 'esbuild'
import { type Setting, settingVariables } from '../../environment/start-environment.ts'
import { type Subject, urlOf } from '../../handlers/index.ts'

const repository = fileURLToPath(new URL('../../../../..', import.meta.url))

/** A function as it is deployed: its one file, in a folder of its own. */
export interface Bundle {
  readonly folder: string
  readonly bytes: number
  /** Of it: the code of our packages, undici not counted. */
  readonly own: number
  /** The same by package: `core`, `extension`... */
  readonly byPackage: Readonly<Record<string, number>>
}

/** A folder that goes with what is in it. */
export async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-cache-bench-'))
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

/** Bundled as the SDK's and Middy's documentation recommend; what a setting leaves out is not in it. */
export async function bundle(subject: Subject, setting: Setting, parent: string): Promise<Bundle> {
  const folder = await mkdtemp(join(parent, 'function-'))
  const outfile = join(folder, 'handler.cjs')
  const variables = Object.entries(settingVariables(setting))
  const { metafile } = await build({
    entryPoints: [fileURLToPath(urlOf(subject))],
    outfile,
    absWorkingDir: repository,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    // As CDK does it. In an ES module the import of node:http loads the whole of Node's own undici, 20 ms for all but ours.
    format: 'cjs',
    mainFields: ['module', 'main'],
    // What this process itself resolves: the published files, or the sources in a test.
    ...(isSource() && { conditions: ['@secrets-cache/source', 'module'] }),
    define: Object.fromEntries(
      variables.map(([name, value]) => [`process.env.${name}`, JSON.stringify(value)]),
    ),
    metafile: true,
    logLevel: 'error',
  })
  return { folder, ...sizes(metafile) }
}

const isSource = () =>
  createRequire(import.meta.url)
    .resolve('@secrets-cache/core')
    .endsWith('.ts')

/** What a bundle weighs, and what of it is the code of each of our packages; undici is not. */
export function sizes(metafile: Metafile) {
  const [output] = Object.values(metafile.outputs)
  if (!output) throw new Error('esbuild made no output.')
  const byPackage: Record<string, number> = {}
  for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
    const name = /^packages\/(core|extension|middy|sdk)\/(?!node_modules)/.exec(file)?.[1]
    if (!name || /\/undici-client\./.test(file)) continue
    byPackage[name] = (byPackage[name] ?? 0) + bytesInOutput
  }
  const own = Object.values(byPackage).reduce((sum, bytes) => sum + bytes, 0)
  return { bytes: output.bytes, own, byPackage }
}

/** AWS's runtime client, with our way to the Runtime API in the place of its native one. */
export async function writeRuntime(folder: string): Promise<string> {
  const original = createRequire(import.meta.url).resolve('aws-lambda-ric')
  const code = await readFile(original, 'utf8')
  const native = './rapid-client.node'
  if (!code.includes(native)) throw new Error('aws-lambda-ric loads its native part in another way.')
  const file = join(folder, 'index.mjs')
  await writeFile(file, code.replaceAll(native, './rapid-client.cjs'))
  await build({
    entryPoints: [fileURLToPath(new URL('rapid-client.ts', import.meta.url))],
    outfile: join(folder, 'rapid-client.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  })
  return file
}
