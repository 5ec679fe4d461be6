import { mkdir, writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { buildPage } from './build.ts'

/** What a page may weigh at most, gzipped. */
const MOST_BYTES = 60 * 1024

/** Writes the page's files into the package's dist. */
export const writePage = async (): Promise<void> => {
  const files = await buildPage()
  const bytes = Object.values(files).reduce((sum, text) => sum + gzipSync(text).byteLength, 0)
  if (bytes > MOST_BYTES)
    throw new Error(`The page has ${bytes} bytes gzipped; at most ${MOST_BYTES} are allowed.`)
  await mkdir('dist/page', { recursive: true })
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(`dist/page/${name}`, text)))
}
