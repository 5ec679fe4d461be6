import { readFileSync, writeFileSync } from 'node:fs'
import type { Tarball } from './tarball.ts'

const page = new URL('../files.json', import.meta.url)

type Lists = Readonly<Record<string, readonly string[]>>

/** The files of a tarball, sorted. Names that a build makes of contents have `*` for the part that changes. */
export const listed = ({ files }: Tarball): readonly string[] =>
  [...files.keys()].map((file) => file.replace(/-[A-Z\d]{8}(?=\.c?js$)|-[\w-]{8}(?=\.d\.c?ts$)/, '-*')).sort()

/** What is not as `files.json` says; a sentence each. */
export function wrongFiles(tarball: Tarball, lists: Lists = readLists()): readonly string[] {
  const expected = [...(lists[tarball.manifest.name] ?? [])]
  const unexpected = listed(tarball).filter((file) => {
    const at = expected.indexOf(file)
    if (at >= 0) expected.splice(at, 1)
    return at < 0
  })
  return [
    ...unexpected.map((file) => `holds ${file}, which is not in tools/release/files.json`),
    ...expected.map((file) => `lacks ${file}, which is in tools/release/files.json`),
  ]
}

export function writeLists(tarballs: readonly Tarball[]): void {
  const lists = Object.fromEntries(tarballs.map((one) => [one.manifest.name, listed(one)]))
  writeFileSync(page, `${JSON.stringify(lists, null, 2)}\n`)
}

const readLists = () => JSON.parse(readFileSync(page, 'utf8')) as Lists
