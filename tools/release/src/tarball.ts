import { readFileSync } from 'node:fs'
import { parseTarGzip } from 'nanotar'
import type { Manifest } from './published.ts'

/** A packed package. */
export interface Tarball {
  readonly path: string
  readonly manifest: Manifest
  /** Texts by path, without `package/`. */
  readonly files: ReadonlyMap<string, string>
}

export async function readTarball(path: string): Promise<Tarball> {
  const entries = await parseTarGzip(readFileSync(path))
  const files = new Map(
    entries
      .filter(({ type }) => type === 'file')
      .map((entry) => [entry.name.replace(/^package\//, ''), entry.text] as const),
  )
  const manifest = files.get('package.json')
  if (manifest === undefined) throw new Error(`${path} holds no package.json, so it is no package.`)
  return { path, manifest: JSON.parse(manifest) as Manifest, files }
}

/** What a build put into files of ours, by the first line that it writes there: `/*! yaml 2.9.1, ISC: ...`. */
export function bundledIn({
  files,
}: Pick<Tarball, 'files'>): readonly (readonly [name: string, version: string])[] {
  const found = [...files.values()].flatMap((text) => {
    const [, name, version] = /^\/\*! (\S+) (\d+\.\d+\.\d+), /m.exec(text) ?? []
    return name && version ? [[name, version] as const] : []
  })
  return [...new Map(found)]
}
