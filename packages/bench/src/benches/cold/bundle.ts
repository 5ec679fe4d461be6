import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Metafile } from 'esbuild'
import { type Setting, settingVariables } from '../../environment/start-environment.ts'
import { type Subject, urlOf } from '../../handlers/index.ts'

const repository = fileURLToPath(new URL('../../../../..', import.meta.url))

/** A function as it is deployed: one file in its own folder. */
export interface Bundle {
  readonly folder: string
  readonly bytes: number
  /** The bytes of our own packages, without undici. */
  readonly own: number
  /** The same by package: `core`, `extension`... */
  readonly byPackage: Readonly<Record<string, number>>
  /** The same by file. */
  readonly byFile: Readonly<Record<string, number>>
}

/** A folder that is removed with its content when it is disposed of. */
export async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-cache-bench-'))
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

/** Whether a bundle is made of the packages as they are published, or of their sources. */
export type Origin = 'build' | 'sources'

/**
 * Bundles a handler as the documentation of the SDK and Middy recommends, without what the setting does not need.
 * @param origin by default what this process uses: what is published, or the sources in a test
 */
export async function bundle(
  subject: Subject,
  setting: Setting,
  parent: string,
  origin: Origin = isSource() ? 'sources' : 'build',
): Promise<Bundle> {
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
    // CDK's default. In an ES module, importing node:http loads all of Node's own undici: 20 ms for every handler but ours.
    format: 'cjs',
    mainFields: ['module', 'main'],
    ...(origin === 'sources' && { conditions: ['@secrets-cache/source', 'module'] }),
    define: Object.fromEntries(
      variables.map(([name, value]) => [`process.env.${name}`, JSON.stringify(value)]),
    ),
    metafile: true,
    logLevel: 'error',
  })
  return { folder, ...sizes(metafile) }
}

function isSource(): boolean {
  return createRequire(import.meta.url)
    .resolve('@secrets-cache/core')
    .endsWith('.ts')
}

/** The size of a bundle, and how much of it each of our packages takes, without undici. */
export function sizes(metafile: Metafile) {
  const [output] = Object.values(metafile.outputs)
  if (!output) throw new Error('esbuild made no output.')
  const byPackage: Record<string, number> = {}
  const byFile: Record<string, number> = {}
  for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
    const name = /^packages\/(core|direct|extension|middy|sdk)\/(?!node_modules)/.exec(file)?.[1]
    if (!name || /\/(undici-client|aws4)\./.test(file)) continue
    byPackage[name] = (byPackage[name] ?? 0) + bytesInOutput
    byFile[file] = bytesInOutput
  }
  const own = Object.values(byPackage).reduce((sum, bytes) => sum + bytes, 0)
  return { bytes: output.bytes, own, byPackage, byFile }
}

/** Writes AWS's runtime client, its native part replaced by `rapid-client.ts`; returns its path. */
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
