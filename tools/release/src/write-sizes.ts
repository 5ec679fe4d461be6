// `npm run sizes:packages`: how large the packages are, packed and in a function; `-- --write` writes docs/sizes.md, `-- --check`
// fails where that page is off by more than 5 %. It needs `npm run build` before it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bundle, temporaryFolder } from '@secrets-cache/bench/bundle'
import { subjects } from '@secrets-cache/bench/handlers'
import { markdownTable } from '@secrets-cache/bench/shared'
import { readCommand } from '../../../.ci/command.ts'
import { packAll } from './check.ts'
import { root } from './published.ts'

const { flags } = readCommand({
  name: 'sizes:packages',
  about: 'How large the packages are, packed and in a function.',
  flags: {
    write: { type: 'boolean', help: 'writes docs/sizes.md' },
    check: { type: 'boolean', help: 'fails where docs/sizes.md is off by more than 5 %' },
  },
})

const page = `${root}docs/sizes.md`
const [packages, functions, folders] = [await packageSizes(), await functionSizes(), await folderSizes()]
const text = `# Sizes

Written by \`npm run sizes:packages -- --write\`. KB are 1,024 bytes.

## Packages

${markdownTable([['package', 'tarball, KB', 'unpacked, KB', 'brings along'], ...packages])}

## A function

What a function with 3 secrets and 12 parameters has in its bundle: made by esbuild, minified, one CommonJS file, as AWS CDK bundles by
default. "ours" is everything of secrets-cache, without the undici or aws4 that is built in; the first row is Middy alone.

${markdownTable([['function', 'bundle, KB', 'gzipped, KB', 'of it ours, KB'], ...functions])}

Where ours are, by folder and its largest files, in bytes; bundled from the sources, so the sums differ a little. Most of it is what a
value goes through, and what can go wrong with it: names of methods and properties, and the texts of errors.

${markdownTable([['folder', '`extension()`', '`direct()`', '`sdk()`', 'its largest files, over `extension()`'], ...folders])}
`
if (flags.check) checkPage()
else if (flags.write) writeFileSync(page, text)
else console.log(text)

async function packageSizes(): Promise<readonly (readonly string[])[]> {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-cache-'))
  try {
    const tarballs = await packAll(root, folder)
    return tarballs.map(({ manifest, path, files }) => {
      const unpacked = [...files.values()].reduce((sum, file) => sum + Buffer.byteLength(file), 0)
      const brought = Object.keys(manifest.dependencies ?? {}).map((name) =>
        name.replace('@secrets-cache/', ''),
      )
      return [
        `\`${manifest.name}\``,
        kilobytes(readFileSync(path).length),
        kilobytes(unpacked),
        brought.join(', '),
      ]
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function folderSizes(): Promise<readonly (readonly string[])[]> {
  await using folder = await temporaryFolder()
  const made: (readonly (readonly [file: string, bytes: number])[])[] = []
  for (const subject of [subjects.extension, subjects.direct, subjects.sdk]) {
    const { byFile } = await bundle(subject, { secrets: 3, parameters: 12 }, folder.folder, 'sources')
    made.push(Object.entries(byFile).map(([file, bytes]) => [file.slice('packages/'.length), bytes]))
  }
  const folders = [...new Set(made.flat().map(([file]) => dirname(file)))]
  const rows = folders.map((name) => {
    const own = made.map((files) => files.filter(([file]) => dirname(file) === name))
    const sums = own.map((files) => files.reduce((sum, [, bytes]) => sum + bytes, 0))
    const largest = [...(own[0] ?? [])].sort(([, a], [, b]) => b - a).slice(0, 3)
    return { name, sums, largest: largest.map(([file, bytes]) => `${basename(file)} ${bytes}`).join(', ') }
  })
  return rows
    .filter(({ sums }) => sums.some((bytes) => bytes > 0))
    .sort((a, b) => (b.sums[0] ?? 0) - (a.sums[0] ?? 0))
    .map(({ name, sums, largest }) => [`${name}`, ...sums.map(String), largest])
}

async function functionSizes(): Promise<readonly (readonly string[])[]> {
  await using folder = await temporaryFolder()
  const rows: (readonly string[])[] = []
  for (const [name, subject] of [
    ['Middy alone', subjects.noop],
    ['Middy, `extension()`', subjects.extension],
    ['Middy, `direct()`', subjects.direct],
    ['Middy, `sdk()`, the SDK bundled', subjects.sdk],
  ] as const) {
    const made = await bundle(subject, { secrets: 3, parameters: 12 }, folder.folder)
    const code = readFileSync(join(made.folder, 'handler.cjs'))
    rows.push([name, kilobytes(code.length), kilobytes(gzipSync(code).length), kilobytes(made.own)])
  }
  return rows
}

function kilobytes(bytes: number): string {
  return (bytes / 1024).toFixed(1)
}

/** Numbers are compared one by one: a change of a few bytes needs no new page. */
function checkPage(): void {
  const [old, now] = [readFileSync(page, 'utf8'), text].map((one) => one.match(/\d+\.\d(?= +\|)/g) ?? [])
  const isOff =
    old?.length !== now?.length ||
    now?.some((one, at) => Math.abs(Number(one) / Number(old?.[at]) - 1) > 0.05)
  if (!isOff) return
  console.error(`docs/sizes.md is not what is measured; npm run sizes:packages -- --write\n\n${text}`)
  process.exitCode = 1
}
