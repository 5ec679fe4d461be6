import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BuildFailure, Plugin } from 'esbuild'

/** Why a bundle could not be made. */
export class BundleError extends Error {
  override readonly name = 'BundleError'
}

/** Whether Node alone cannot run it: JSX, or a tsconfig.json with path aliases above it. */
export function needsBundle(file: string): boolean {
  if (/\.[jt]sx$/.test(file)) return true
  if (!isTypeScript(file)) return false
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const config = join(folder, 'tsconfig.json')
    if (existsSync(config)) return /"paths"\s*:/.test(readFileSync(config, 'utf8'))
    if (folder === dirname(folder)) return false
  }
}

export const isTypeScript = (file: string): boolean => /\.[mc]?tsx?$/.test(file)

/** Bundles a handler's own files; packages stay where they are installed. */
export async function bundle(
  file: string,
): Promise<{ readonly file: string; readonly remove: () => Promise<void> }> {
  const { build } = await loadEsbuild(file)
  const folder = await mkdtemp(join(tmpdir(), 'secrets-cache-'))
  const outfile = join(folder, 'handler.mjs')
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await build({
      entryPoints: [file],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node22',
      sourcemap: 'inline',
      logLevel: 'silent',
      plugins: [installedPackages],
      conditions: conditionsOfNode(),
    })
  } catch (error) {
    await remove()
    throw new BundleError(describeBuild(error as BuildFailure))
  }
  return { file: outfile, remove }
}

/** The function's own esbuild, with which it is built for AWS; else one that is installed beside this package. */
async function loadEsbuild(file: string): Promise<typeof import('esbuild')> {
  try {
    const path = createRequire(file).resolve('esbuild')
    const loaded = (await import(pathToFileURL(path).href)) as { default?: typeof import('esbuild') }
    return loaded.default ?? (loaded as typeof import('esbuild'))
  } catch {}
  try {
    return await import('esbuild')
  } catch {
    throw new BundleError('Node cannot run it as it is, and esbuild is not installed: npm i -D esbuild')
  }
}

/** A package is imported from where it is: loaded once, with the files beside it. */
const installedPackages: Plugin = {
  name: 'installed-packages',
  setup({ onResolve, resolve }) {
    const seen = Symbol('seen')
    onResolve({ filter: /^[^./]|^#/ }, async ({ path, importer, kind, resolveDir, pluginData }) => {
      if (pluginData === seen || kind === 'entry-point') return undefined
      const found = await resolve(path, { importer, kind, resolveDir, pluginData: seen })
      if (found.errors.length > 0 || found.external || !/[\\/]node_modules[\\/]/.test(found.path))
        return found
      return { path: pathToFileURL(found.path).href, external: true }
    })
  },
}

/** The conditions that this process resolves packages with. */
function conditionsOfNode(): string[] {
  return process.execArgv.flatMap((flag) => /^(?:--conditions|-C)=(.+)$/.exec(flag)?.[1] ?? [])
}

/** The first error, with its place; not the line itself, which may hold a value. */
function describeBuild({ errors, message }: BuildFailure): string {
  const [first] = errors ?? []
  if (!first) return `it cannot be bundled: ${message.split('\n')[0]}`
  const { location, text } = first
  return `it cannot be bundled: ${text}${location ? ` (${location.file}:${location.line})` : ''}`
}
