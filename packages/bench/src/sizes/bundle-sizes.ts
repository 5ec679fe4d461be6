import { bundle, temporaryFolder } from '../benches/cold/bundle.ts'
import { type Subject, subjects } from '../handlers/index.ts'
import { readPart } from '../shared/page-part.ts'
import { markdownTable } from '../shared/table.ts'

/** Where the sizes stand. */
export const page = 'docs/choosing.md'
export const part = 'sizes'

const { extension, direct, sdk, staticSdk, keptSdk, middyAws, powertools, noop } = subjects
export const choices: readonly Subject[] = [extension, direct, sdk, staticSdk]
const others: readonly Subject[] = [keptSdk, middyAws, powertools, noop]

const settings = {
  '3 secrets': { secrets: 3, parameters: 0 },
  '3 secrets and 12 parameters': { secrets: 3, parameters: 12 },
}

/** The kilobytes (of 1,000 bytes) of a bundle for each setting, with the packages as they are published. */
export async function bundleSizes(subject: Subject): Promise<readonly number[]> {
  await using folder = await temporaryFolder()
  const sizes: number[] = []
  for (const setting of Object.values(settings)) {
    const { bytes } = await bundle(subject, setting, folder.folder, 'build')
    sizes.push(bytes / 1_000)
  }
  return sizes
}

/** The table of the page. */
export async function sizesTable(): Promise<string> {
  const rows: string[][] = []
  for (const subject of [...choices, ...others]) {
    const sizes = await bundleSizes(subject)
    rows.push([nameOf(subject), ...sizes.map((size) => `${size.toFixed(1)} KB`)])
  }
  return markdownTable([['minified bundle', ...Object.keys(settings)], ...rows])
}

/** What the page says of a handler, in kilobytes. */
export function sizesOnPage(subject: Subject): readonly number[] {
  const row = readPart(page, part)
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .find(([, name]) => name === nameOf(subject))
  return (row ?? []).slice(2, -1).map((cell) => Number.parseFloat(cell))
}

const nameOf = ({ name }: Subject) => `\`${name}\``
